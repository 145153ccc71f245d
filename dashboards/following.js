// Follows a plain click on a link of the pages inside the session, as going forward in the browser does, so that the
// application is not loaded anew. All else that a link can do is left to the browser: a tab of its own, its address
// copied. So is an address without filters where there are some, which the session would keep.
export default ({data}) => {
    const isFiltered = address => data.filters.some(key => new URLSearchParams(address.search).has(key));
    const follow = event => {
        const link = event.target.closest?.("[data-testid=stHtml] a[href]");
        const isOther = event.defaultPrevented || !link || link.origin !== location.origin;
        if (isOther || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        if (isFiltered(location) && !isFiltered(link)) return;
        event.preventDefault();
        history.pushState(null, "", link.href);
        dispatchEvent(new PopStateEvent("popstate"));
    };
    document.onclick = follow;
    return () => { document.onclick = null; };
};
