{{ path_steps(ref("work_events"), ref("cases")) }}
