// Loads what draws charts once a page is at rest, so that the first chart a reader opens need not wait for it. Where it
// cannot be loaded, the first chart says so.
const REST = 1000;
export default ({data}) => {
    const application = document.querySelector("script[type=module][src]");
    const load = () => import(new URL(data.file, application.src).href).catch(() => {});
    const timer = setTimeout(load, REST);
    return () => clearTimeout(timer);
};
