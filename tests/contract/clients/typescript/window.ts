// docs/payments.md shows this mapping; a test keeps the two the same.
import type { PaymentRequest } from "@portone/browser-sdk/v2";
import type { components } from "./schema.js";

type PaymentOpened = components["schemas"]["PaymentOpened"];

export function paymentRequest(payment: PaymentOpened): PaymentRequest {
  return {
    storeId: payment.store_id,
    channelKey: payment.channel_key,
    paymentId: payment.payment_id,
    orderName: payment.order_name,
    totalAmount: payment.total_amount,
    ...(payment.tax_free_amount > 0 ? { taxFreeAmount: payment.tax_free_amount } : {}),
    currency: payment.currency,
    payMethod: payment.pay_method,
    productType: payment.product_type,
    redirectUrl: payment.redirect_url,
    products: payment.products,
    ...(payment.easy_pay_provider ? { easyPay: { easyPayProvider: payment.easy_pay_provider } } : {}),
    ...(payment.account_expiry ? { virtualAccount: { accountExpiry: payment.account_expiry } } : {}),
    ...(payment.window_type ? { windowType: payment.window_type } : {}),
    ...(payment.bypass ? { bypass: payment.bypass } : {}),
    customer: {
      customerId: payment.customer_id,
      fullName: payment.customer.full_name,
      phoneNumber: payment.customer.phone_number,
      email: payment.customer.email,
    },
  };
}
