{{ edges(ref("events"), ref("cases")) }}
