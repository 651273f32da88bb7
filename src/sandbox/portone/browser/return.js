// In the frame of the sandbox's browser SDK: tells the shop's page how the window ended.
const { result, origin } = document.body.dataset;
parent.postMessage({ type: "portone-sandbox", result: JSON.parse(result) }, origin);
