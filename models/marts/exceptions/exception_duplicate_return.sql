with
    return_lines as (select * from {{ ref("return_lines") }}),
    cases as (select * from {{ ref("cases") }} where not is_cancelled and not is_declined),
    returns as (select * from {{ ref("returns") }}),
    sales_order_lines as (select * from {{ ref("sales_order_lines") }}),

    -- What each return asks back of an order line.
    asked as (
        select
            return_lines.order_id,
            return_lines.order_line_no,
            return_lines.return_id,
            returns.created_at,
            sum(return_lines.quantity) as quantity
        from return_lines
        inner join cases on cases.case_id = return_lines.return_id
        inner join returns on returns.return_id = return_lines.return_id
        where return_lines.order_id is not null and return_lines.order_line_no is not null
        group by return_lines.order_id, return_lines.order_line_no, return_lines.return_id, returns.created_at
    ),

    earlier as (
        select
            *,
            coalesce(
                sum(quantity) over (
                    partition by order_id, order_line_no
                    order by created_at, return_id
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as earlier_quantity
        from asked
    ),

    offending as (
        select
            return_lines.return_id,
            return_lines.line_no,
            return_lines.line_value,
            earlier.earlier_quantity,
            return_lines.quantity,
            sales_order_lines.quantity as sold_quantity
        from return_lines
        inner join
            earlier
            on earlier.return_id = return_lines.return_id
            and earlier.order_id = return_lines.order_id
            and earlier.order_line_no = return_lines.order_line_no
        inner join
            sales_order_lines
            on sales_order_lines.order_id = return_lines.order_id
            and sales_order_lines.line_no = return_lines.order_line_no
        where earlier.earlier_quantity + return_lines.quantity > sales_order_lines.quantity
    ),

    found as (
        select
            offending.return_id as object_id,
            offending.return_id as case_id,
            returns.entity_id,
            returns.created_at as detected_at,
            returns.currency,
            sum(offending.line_value) as line_value,
            count(*) as offending_lines,
            min(offending.line_no) as line_no,
            sum(offending.quantity + offending.earlier_quantity - offending.sold_quantity) as quantity_over
        from offending
        inner join returns on returns.return_id = offending.return_id
        group by offending.return_id, returns.entity_id, returns.created_at, returns.currency
    )

    {{
        exception_rows(
            "duplicate_return",
            "return",
            {
                "offending_lines": "offending_lines",
                "line_no": "line_no",
                "quantity_over": "cast(quantity_over as double)",
            },
            amount="line_value",
            currency="currency",
        )
    }}
