-- Every return has one compared path, and its id is that of its activities.
with cases as (select case_id from {{ ref("cases") }}), paths as (select * from {{ ref("compared_paths") }})

select coalesce(cases.case_id, paths.case_id) as case_id, paths.variant
from cases
full join paths on paths.case_id = cases.case_id
where cases.case_id is null or paths.case_id is null or paths.variant_id <> md5(paths.variant)
