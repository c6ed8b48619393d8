# A small catalog for the tests of this crate.

-disease = sarcoma

page-title = Treatments for { -disease }
options-heading =
    { $count ->
        [0] No treatment fits
        [one] One treatment fits
       *[other] { $count } treatments fit
    }
call-now = <strong>Call { $who } now</strong>, also at night. <small>Source: { $source }</small>
visit = This is your { NUMBER($number, type: "ordinal") ->
        [one] { $number }st
        [two] { $number }nd
        [few] { $number }rd
       *[other] { $number }th
    } visit.
usage = sarcoguide {"<"}case> reads a file < 1 MB
first-name = Hello { $first-name }
str = { page-title }: { $number }
whose-options = My options: { $count }
    .for-someone-else = Their options: { $count }
