// Watches a page from its first moment: when an input began, when the server last spoke, since when the page is at rest.
// Times are milliseconds since 1970, so that they survive the loading of another document.
(() => {
    if (window.top !== window) return;
    const STARTED = "latency-started", INPUTS = ["pointerdown", "keydown"], PAUSE = 400;
    const LOADING = "[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]";
    const HEAD = ".rt-lead, [data-testid=stAlert]", BROKEN = "[data-testid=stException]";
    const ANSWER = "#cohort, h1, [data-testid=stHtml], [data-testid=stWidgetLabel], [data-testid=stButton] button"
        + ", .js-plotly-plot .cartesianlayer, .js-plotly-plot .infolayer";
    const now = () => performance.timeOrigin + performance.now();
    const app = () => document.querySelector("[data-testid=stApp]");
    let ran = 0, restSince = null, isLooking = false;

    const isRunning = () => {
        const data = app()?.dataset;
        return data?.testConnectionState !== "CONNECTED" || data.testScriptState !== "notRunning";
    };
    const isDrawn = () => [...document.querySelectorAll("[data-testid=stPlotlyChart]")]
        .every(one => one.querySelector(".main-svg"));
    const hasAnswer = () => document.querySelector("#cohort") && document.querySelector(HEAD);
    const isAtRest = () => !isRunning() && (hasAnswer() || document.querySelector(BROKEN))
        && !document.querySelector(LOADING) && isDrawn();

    const look = () => {
        isLooking = false;
        restSince = isAtRest() ? restSince ?? now() : null;
    };
    const notice = () => {
        if (isLooking) return;
        isLooking = true;
        requestAnimationFrame(look);
    };
    const start = () => sessionStorage.setItem(STARTED, String(now()));
    const began = () => Number(sessionStorage.getItem(STARTED) ?? performance.timeOrigin);
    const answer = () => [...document.querySelectorAll(ANSWER)]
        .map(one => `${one.textContent}${one.disabled ? " (disabled)" : ""}`).join("\n");

    // The server's word is what tells that a script ran: a short run may begin and end between two looks at the page.
    const Socket = window.WebSocket;
    window.WebSocket = class extends Socket {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", () => {
                ran = now();
                restSince = null;
                notice();
            });
        }
    };
    new MutationObserver(notice).observe(document, {subtree: true, childList: true, attributes: true});
    for (const input of INPUTS) addEventListener(input, start, {capture: true});

    window.latency = {
        start, answer,
        // Milliseconds from the last input to the moment at which the page came to rest with another answer than
        // `before`, null until then. A page that rests for less than a pause may be about to run once more.
        waited: before => {
            if (restSince === null || ran < began() || !isAtRest() || now() - restSince < PAUSE) return null;
            return answer() === before ? null : restSince - began();
        },
    };
})();
