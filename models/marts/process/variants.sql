{{ variants(ref("events"), ref("cases"), "credit_value") }}
