// Loads what draws charts once a page is at rest, so that the first chart a reader opens need not wait for it.
const REST = 1000;
export default ({data}) => {
    const application = document.querySelector("script[type=module][src]");
    const load = () => import(new URL(data.file, application.src).href);
    const timer = setTimeout(() => requestIdleCallback(load), REST);
    return () => clearTimeout(timer);
};
