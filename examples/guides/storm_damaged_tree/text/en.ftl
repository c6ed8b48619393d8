# Sentences of the program that this guide says in its own words.

answer-care-for-everyone = Some of it is right for every tree. It is listed below.
answer-informs = This is what the guide says about the facts given. It gives information. It doesn't tell you what to do: someone who sees the tree may have reasons for another plan.
answer-nothing-settled = With what is known so far, no work on the tree is settled. Look at what might be an option, and at what to find out next.
answer-order = In order of time. At each time, what the guide recommends most strongly comes first. You decide which of it is right.
answer-supportive-care = Next to the work
answer-given = <strong>How it is done: </strong>{ $text }
answer-common-effects = <strong>Common damage: </strong>{ $effects }
answer-serious-effects = <strong>Serious damage: </strong>{ $effects }
fit-trial-only = only in field trials
scope-nothing-against = That says nothing against any work. Don't stop it without asking who does it.
words-of-100 = { $people } of 100 trees
words-of-100-range = { $low } to { $high } of 100 trees
lines-figure-count = { $figure }, { $count } trees
visit-nothing-settled = With what is known so far, no work on the tree is settled.
pages-types = Kinds of trees
pages-types-intermediate = Covered, with care
pages-type-intermediate = Covered by this guide, with care.
pages-guide-grade = Its { $sentences } sentences have a Flesch-Kincaid level of { $grade } on average: about as many years of school. Names of treatments and of kinds of trees are left out of that measure.
reading-types = Kinds of trees
search-heading =
    { $kind ->
        [treatment] Treatments
        [effect] Damage by treatment
        [type] Kinds of trees
        [term] Words explained
        [team] Who helps
        [link] Help lines and further reading
        [fact] Questions about your situation
        [derived] What follows from answers
       *[guide] About this guide
    }
board-title = Sheet for the crew
board-page-for-team = This sheet is for the crew. It shows figures.
visit-sheet-team = The crew's number, day and night
