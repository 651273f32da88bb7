// Stands in for https://cdn.portone.io/v2/browser-sdk.js: the same window.PortOne, with the sandbox behind it.
(() => {
  "use strict";

  const base = "@BASE@";
  const CLOSED = {
    code: "PGProviderError",
    message: "사용자가 결제 창을 닫았습니다.",
    pgCode: "PAY_PROCESS_CANCELED",
    pgMessage: "사용자에 의해 결제가 취소되었습니다.",
  };

  class PaymentError extends Error {
    constructor({ code, message, paymentId }) {
      super(message);
      this.name = "PaymentError";
      this.__portOneErrorType = "PaymentError";
      this.transactionType = "PAYMENT";
      this.code = code;
      this.paymentId = paymentId;
    }
  }

  const isMobile = () => /Mobi|Android/i.test(navigator.userAgent);

  const redirects = (params) => {
    if (!params.redirectUrl) return false;
    const windowType = (params.windowType || {})[isMobile() ? "mobile" : "pc"];
    return Boolean(params.forceRedirect) || windowType === "REDIRECTION" || (isMobile() && !windowType);
  };

  const prepare = async (params) => {
    const paymentId = params && params.paymentId;
    let answer;
    try {
      // Without a content type of its own the call needs no preflight.
      answer = await fetch(`${base}/sdk/requests`, { method: "POST", body: JSON.stringify(params) });
    } catch (error) {
      throw new PaymentError({ code: "Unavailable", message: String(error), paymentId });
    }
    const told = await answer.json();
    if (!answer.ok) throw new PaymentError({ ...told, paymentId });
    return told.window;
  };

  const addressOf = (query, redirectUrl) => `${base}/window?${query}&redirectUrl=${encodeURIComponent(redirectUrl)}`;

  const element = (name, style, attributes = {}) => {
    const made = document.createElement(name);
    Object.assign(made.style, style);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  const inFrame = (query, paymentId) =>
    new Promise((resolve) => {
      const origin = location.origin === "null" ? "*" : location.origin;
      const back = `${base}/return?origin=${encodeURIComponent(origin)}`;
      const shade = element(
        "div",
        { position: "fixed", inset: "0", zIndex: "2147483647", background: "rgba(0,0,0,.5)", display: "grid", placeItems: "center" },
        { id: "portone-sandbox" },
      );
      const box = element("div", { position: "relative", width: "min(30rem, 100%)", height: "min(46rem, 100%)", background: "#fff" });
      const frame = element("iframe", { width: "100%", height: "100%", border: "0" }, { title: "PortOne sandbox" });
      const close = element(
        "button",
        { position: "absolute", top: "0", right: "0", font: "1.5rem sans-serif", border: "0", background: "none", cursor: "pointer" },
        { type: "button", "aria-label": "닫기 / Close" },
      );
      close.textContent = "×";

      const onMessage = (event) => {
        if (event.source !== frame.contentWindow || event.origin !== new URL(base).origin) return;
        if (!event.data || event.data.type !== "portone-sandbox") return;
        removeEventListener("message", onMessage);
        shade.remove();
        resolve(event.data.result);
      };

      addEventListener("message", onMessage);
      // The frame still tells the result, which then carries the id of the attempt.
      close.addEventListener("click", () => {
        frame.src = `${back}&${new URLSearchParams({ paymentId, ...CLOSED })}`;
      });
      frame.src = addressOf(query, back);
      box.append(frame, close);
      shade.append(box);
      document.body.append(shade);
    });

  const requestPayment = async (params) => {
    const query = await prepare(params);
    if (!redirects(params)) return inFrame(query, params.paymentId);
    location.assign(addressOf(query, params.redirectUrl));
    return new Promise(() => {}); // the page is left
  };

  const absent = (name) => async () => {
    throw new PaymentError({ code: "Unimplemented", message: `${name} is not simulated by the sandbox` });
  };

  window.PortOne = {
    requestPayment,
    PaymentError,
    isPortOneError: (error) => Boolean(error && error.__portOneErrorType),
    isPaymentError: (error) => Boolean(error && error.__portOneErrorType === "PaymentError"),
    requestIdentityVerification: absent("requestIdentityVerification"),
    requestIssueBillingKey: absent("requestIssueBillingKey"),
    requestIssueBillingKeyAndPay: absent("requestIssueBillingKeyAndPay"),
    loadPaymentUI: absent("loadPaymentUI"),
    loadIssueBillingKeyUI: absent("loadIssueBillingKeyUI"),
  };
})();
