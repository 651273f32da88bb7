// A guest buys something, with nothing but the contract. Throws where anything is not as it says.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";
import { paymentRequest } from "./window.js";

declare const process: { argv: string[] };

const shop = process.argv[2];
if (shop === undefined) throw new Error("usage: purchase.js http://127.0.0.1:8000");
const client = createClient<paths>({ baseUrl: shop });

function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`no ${what}`);
  return value;
}

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

type OrderPlace = components["schemas"]["OrderPlace"];

function order(variantId: number, quantity: number, total: number): OrderPlace {
  return {
    items: [{ variant_id: variantId, quantity }],
    orderer: { name: "김민지", phone: "010-1234-5678", email: "minji@example.com" },
    shipping: { recipient: "김민지", phone: "010-1234-5678", zipcode: "06236", address: "서울 강남구 테헤란로 1" },
    pay_method: "CARD",
    expected_total: total,
    agreements: { terms: true, privacy: true },
  };
}

async function place(body: OrderPlace) {
  return client.POST("/api/v1/orders", {
    params: { header: { "Idempotency-Key": `typescript-${crypto.randomUUID()}` } },
    body,
  });
}

const listed = must((await client.GET("/api/v1/products", { params: { query: { in_stock: true } } })).data, "products");
const card = must(listed.items[0], "product in stock");
const product = must(
  (await client.GET("/api/v1/products/{ref}", { params: { path: { ref: card.product_code } } })).data,
  "product",
);
const size = must(product.options.flatMap((option) => option.sizes).find((each) => each.stock > 1), "size in stock");
const quoted = must(
  (await client.POST("/api/v1/cart/quote", { body: { items: [{ variant_id: size.variant_id, quantity: 1 }] } })).data,
  "quote",
);

// Errors are told apart by their code, and each has its own members.
const short = await place(order(size.variant_id, size.stock + 1, 0));
const refusal = must(short.error, "error");
check(refusal.code === "STOCK_SHORT", `not short but ${refusal.code}`);
const left: number = refusal.left;
check(left === size.stock && refusal.variant_id === size.variant_id, "what is left is not told");

const dearer = must((await place(order(size.variant_id, 1, quoted.total + 1))).error, "error");
check(dearer.code === "PRICE_CHANGED", `not changed but ${dearer.code}`);
check(dearer.quote.total === quoted.total, "the fresh quote is not told");

const answer = await place(order(size.variant_id, 1, quoted.total));
const placed = must(answer.data, `order, but ${JSON.stringify(answer.error)}`);
const payment = must(placed.payment, "payment");
const request = paymentRequest(payment);
check(request.totalAmount === quoted.total && request.productType === "REAL", "the payment window is asked for less");

// What the payment window does, by the sandbox.
const paid = await fetch(`${shop}/sandbox/control/payments/${payment.payment_id}`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ action: "pay" }),
});
check(paid.status === 200, `the sandbox said ${paid.status}`);
const completed = must(
  (await client.POST("/api/v1/payments/{payment_id}/complete", { params: { path: { payment_id: payment.payment_id } } }))
    .data,
  "completed payment",
);
check(completed.order_status === "PAID", `the order is ${completed.order_status}`);

const seen = must(
  (
    await client.GET("/api/v1/orders/{order_no}", {
      params: { path: { order_no: placed.order_no }, header: { "X-Guest-Token": must(placed.guest_token, "token") } },
    })
  ).data,
  "order",
);
check(seen.status === "PAID" && seen.total === quoted.total, "the guest sees another order");
console.log(`typescript: ${seen.order_no} is ${seen.status}`);
