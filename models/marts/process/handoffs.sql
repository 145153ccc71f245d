{{ handoffs(ref("events"), ref("cases")) }}
