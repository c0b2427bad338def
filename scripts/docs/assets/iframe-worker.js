// Opened from disk a page may not start a worker, and the search is one. Here its script runs in a hidden frame instead,
// which offers the part of the Worker interface that the search uses; it asks for the name IFrameWorker.
if (location.protocol === "file:") {
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(address) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.appendChild(this.frame);
      const inside = this.frame.contentWindow;
      this.ready = new Promise((resolve) => (inside.loaded = resolve));
      inside.document.open();
      inside.document.write(`<body><script>
        postMessage = (data) => parent.postMessage(data, "*");
        importScripts = (...all) => all.reduce((before, one) => before.then(() => new Promise((resolve) => {
          const script = document.createElement("script");
          script.src = one;
          script.onload = resolve;
          document.body.appendChild(script);
        })), Promise.resolve());
      <\/script><script src="${address}" onload="loaded()"><\/script></body>`);
      inside.document.close();
      window.addEventListener("message", (event) => {
        if (event.source !== inside) return;
        const said = new MessageEvent("message", { data: event.data });
        this.dispatchEvent(said);
        if (this.onmessage) this.onmessage(said);
      });
    }
    postMessage(data) {
      this.ready.then(() =>
        this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) })),
      );
    }
    terminate() {
      this.frame.remove();
    }
  };
}
