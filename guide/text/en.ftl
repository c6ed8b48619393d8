### Every sentence of the interface, in English. A second language is another file beside this one.
###
### Ids: lower case words joined by `-`; the first word or two name the page or the thing, the rest what is said: `options-heading`.
### Sections: one for each source file that uses the messages. Add a message at the end of its section.
### Messages: whole sentences, never parts to be glued together. What depends on a number is a select:
###     { $count -> [one] One treatment fits *[other] { $count } treatments fit }
### Variables: lower case words joined by `-`. A comment above the message says what they are where the name doesn't.
### Markup: `<strong>..</strong>` and `<small>..</small>`, closed in the same text, not one in another. A bare `<` before a letter is {"<"}.
### A space at the start or the end is written {" "}. No attributes.
### How to add, change, translate: "Change or add a sentence" in CONTRIBUTING.md.


## answer

# The title of a page that shows what the guide says about one person's situation.
answer-title = My options
answer-care-for-everyone = Some care is for everyone. It is listed below.
answer-informs = This is what the guide says about the facts given. It informs and does not prescribe: it is no medical advice, and your care team may have reasons for another plan.
answer-situation = The situation
answer-fact = { $fact }: <strong>{ $value }</strong>
answer-nothing-stated = Nothing is stated yet.
answer-derived-heading = What follows from it
answer-in-short = In short
# A time on the way, or a strength, with the treatments that belong to it.
answer-treatments-at = <strong>{ $name }</strong>: { $treatments }
# How strongly the treatments are recommended.
answer-treatments-recommended = { $strength }: { $treatments }
# How many treatments may fit.
answer-open-count =
    <strong>Might be an option: </strong>{ $count ->
        [one] 1 treatment; it depends on what is not known yet
       *[other] { $count } treatments; they depend on what is not known yet
    }
# What may fit at a time on the way; `$more` counts those that are not named.
answer-open-at =
    { $more ->
        [0] { $time }: { $treatments }
       *[other] { $time }: { $treatments }; and { $more } more
    }
answer-find-out-first = <strong>To find out first, as it settles most: </strong>
answer-not-wanted = { $treatment } (not wanted)
answer-named-if-ruled-out = { $treatment } (if something is ruled out first)
# `$ways`: the techniques by which the treatment is given.
answer-ways = { $treatment } (ways to give it: { $ways })
answer-ways-strength = { $techniques }: { $strength }
answer-supportive-care = Around treatment
answer-treatment = { $treatment }: { $summary }
answer-fits = Fits this situation
answer-nothing-settled = With what is known so far, no treatment of the cancer is settled. Look at what might be an option, and at what to find out next.
answer-order = In the order of time. At each time, what the guide holds out most strongly stands first. Which of them is right is for you and your team to weigh.
answer-all-decided-by = <strong>All of them are decided by: </strong>{ $facts }
answer-all-to-check = <strong>To be checked for all of them: </strong>{ $facts }
# `$which`: all treatments under this heading, or those that are new; with `-more`, other facts are named above.
answer-these-decided-by =
    { $which ->
       *[all] <small>Decided for all of these by: { $facts }</small>
        [all-more] <small>Decided for all of these, besides by: { $facts }</small>
        [new] <small>Decided for all of these that do not stand above by: { $facts }</small>
        [new-more] <small>Decided for all of these that do not stand above, besides by: { $facts }</small>
    }
answer-these-to-check =
    { $which ->
       *[all] <strong>To be checked for all of these: </strong>{ $facts }
        [all-more] <strong>To be checked for all of these, besides: </strong>{ $facts }
        [new] <strong>To be checked for all of these that do not stand above: </strong>{ $facts }
        [new-more] <strong>To be checked for all of these that do not stand above, besides: </strong>{ $facts }
    }
answer-ways-follow = Ways to give it. What is said above holds for each of them:
# A treatment with how strongly it is recommended at a time.
answer-option = { $treatment }: <strong>{ $strength }</strong>
answer-option-if-ruled-out = { $treatment }: <strong>{ $strength }, if something is ruled out first</strong>
# Instead of all that is said above of the treatment. `$why`: the reasons for it, sentences.
answer-see-above = See above. { $why }
answer-named-see-above = { $treatment }. See above. { $why }
answer-open = Might be an option: more needs to be known
answer-open-many = You need not read all of this. Each answer to what should be found out first makes it shorter.
# A time on the way, and how many treatments may fit then.
answer-open-time = { $time }: { $count }
answer-declined = You said that you do not want this.
# `$text`: the reason, with its sources; `$time`: the time on the way.
answer-trial-reason = { $text }<small> ({ $time })</small>
# `$text`: a reason for a treatment, with its sources; `$intent`: what the treatment is to reach.
answer-indication = { $text }<small> ({ $time }, { $strength }, aim: { $intent })</small>
answer-indication-at-time = { $text }<small> ({ $strength }, aim: { $intent })</small>
answer-would-fit = <strong>When it would fit: </strong>{ $indication }
answer-why = <strong>Why: </strong>{ $indication }
answer-declined-listed = You said that you do not want this. It stays listed so that nothing is hidden.
# `$which`: all facts, or those that are not named above (`more`).
answer-decided-by =
    { $which ->
       *[all] <strong>Decided by: </strong>{ $facts }
        [more] <strong>Decided by, besides: </strong>{ $facts }
    }
answer-read-more = Benefits, harms and how it goes
answer-given = <strong>How it is given: </strong>{ $text }
# `$more` counts the facts that are not named.
answer-depends-on =
    { $more ->
        [0] <strong>Depends on: </strong>{ $facts }
       *[other] <strong>Depends on: </strong>{ $facts }; and { $more } more
    }
answer-to-check =
    { $which ->
       *[all] <strong>To be checked: </strong>{ $facts }
        [more] <strong>To be checked, besides: </strong>{ $facts }
    }
answer-advised-against = <strong>Advised against: </strong>{ $reason }
answer-to-rule-out = <strong>To be ruled out first: </strong>{ $facts }
answer-take-care = <strong>Take care: </strong>{ $text }
# `$status`: whether the treatment can be had; `$text`: a sentence on that.
answer-availability = <strong>{ $status }: </strong>{ $text }
answer-availability-since = <strong>{ $status }, since { $date }: </strong>{ $text }
answer-more-figures =
    { $count ->
        [one] <small>1 more figure: see this treatment in full.</small>
       *[other] <small>{ $count } more figures: see this treatment in full.</small>
    }
answer-unknown = <strong>Not known: </strong>{ $text }
answer-common-effects = <strong>Common side effects: </strong>{ $effects }
answer-serious-effects = <strong>Serious side effects: </strong>{ $effects }
answer-lasting-effects = <strong>May last or be permanent: </strong>{ $effects }
# `$urgency`: whom to call, and how soon.
answer-call-for = <strong>{ $urgency } for: </strong>{ $effects }
answer-tests-first = Needed first
answer-to-ask = To ask
answer-advised-against-heading = Advised against here
answer-unavailable = No longer available
answer-not-judged = Not judged here
# `$nothing-against`: `scope-nothing-against`.
answer-not-judged-others = This guide doesn't judge its other treatments for you, because it doesn't cover your situation. { $nothing-against }
# `$gone`: that the treatment is no longer available; `$formerly`: a sentence on whether it fitted when it was.
answer-never-fitted = { $treatment }: { $gone }. { $formerly }
answer-for-no-one = { $treatment }: the guide names it for no one
answer-because = { $treatment }: because of { $facts }
# `$reason`: why a treatment does not fit by itself; `$part`: what it can be a part of.
answer-because-part = { $reason }. { $part }
answer-not-fitting = Does not fit this situation, and why
answer-next-questions = What to find out next
answer-next-questions-order = The facts that would settle most, first.
answer-more-questions =
    { $count ->
        [one] 1 more fact matters for some treatment.
       *[other] { $count } more facts matter for some treatment.
    }


## scope


## fit

# How a treatment fits a case: said after its name.
fit-fits = fits this situation
fit-fits-once-ruled-out = fits, if something is ruled out first
fit-may-fit = might be an option
fit-trial-only = only in clinical trials
fit-advised-against = advised against here
fit-unavailable = no longer available
fit-does-not-fit = does not fit this situation
fit-not-by-itself = does not fit by itself
fit-unavailable-since = no longer available since { $date }
# Whether what is withdrawn fitted the case.
fit-formerly = When it was available, it was used in this situation.
fit-formerly-open = When it was available, it may have been used in this situation. That depends on facts that aren't known yet.
fit-formerly-not = When it was available, it did not fit this situation.
# A treatment that another can be a part of, and how it fits.
fit-whole = { $treatment } ({ $fit })
fit-part-of = <strong>Can be a part of: </strong>{ $treatments }

scope-not-covered = This guide does not cover this situation
# The verdict on a treatment that the guide doesn't judge because it doesn't cover the case.
scope-not-judged = not judged here: this guide doesn't cover your situation
# Said of such treatments, so that nobody takes it as advice against them.
scope-nothing-against = That says nothing against any treatment. Don't stop a treatment without talking to your team.
scope-where-to-look = <strong>Where to look: </strong>{ $place }
# `$why`: a sentence on why the guide doesn't cover the case; `$facts`: what was said that makes it so.
scope-because = { $why } You said "{ $facts }."
scope-you-said = You said "{ $facts }."
scope-open = <strong>It is not clear yet whether this guide covers this situation. That depends on: </strong>{ $facts }.
# `$kinds`: the kinds of situations that the guide doesn't cover and this may be.
scope-open-kinds = <strong>It is not clear yet whether this guide covers this situation. That depends on: </strong>{ $facts }. It does not cover: { $kinds }.


## treatment


## effects


## compare


## timeline


## plan


## pathway


## words

words-not-known = not known
words-number = { $number } { $unit }
words-fact = { $fact }: { $value }
# A fact whose name is a question.
words-fact-question = { $fact } { $value }
words-reviewed = Reviewed by { $by }, on { $date }.
words-depends-on = <small> (depends on: { $facts })</small>
# Conditions of rules: `$fact` is the name of a fact, `$values` its values.
words-always = always
words-is = { $fact } is { $values }
words-is-not = not: { $fact }
words-is-less = { $fact } is less than { $amount }
words-is-at-most = { $fact } is at most { $amount }
words-is-equal = { $fact } is { $amount }
words-is-at-least = { $fact } is at least { $amount }
words-is-more = { $fact } is more than { $amount }
words-not = not ({ $condition })
words-and = { $first }, and { $second }
words-or = { $first }, or { $second }
# A condition within a condition.
words-group = ({ $condition })
words-values-or = { $first } or { $second }
words-values-not = not { $values }
words-of-100 = { $people } of 100 people
words-of-100-range = { $low } to { $high } of 100 people
# How long ago something was.
words-months =
    { $count ->
        [0] less than a month
        [one] 1 month
       *[other] { $count } months
    }
words-years =
    { $count ->
        [one] 1 year
       *[other] { $count } years
    }
# Whether a treatment can be had.
words-status-approved = Approved
words-status-accelerated = Accelerated
words-status-off-label = Off label
words-status-investigational = Investigational
words-status-withdrawn = Withdrawn
words-sources = Sources
words-works = Where these passages stand
words-revised = revised { $date }
words-no-date = no date of its own, read { $date }
words-quoting = quoting: { $work }


## lines

lines-where-to-find = <small> Where to find it: { $place }</small>
# How many treatments an answer to a question matters for.
lines-matters-for =
    { $count ->
        [one] <small> (matters for { $count } treatment)</small>
       *[other] <small> (matters for { $count } treatments)</small>
    }
# A fact that follows from others; `$how`: a sentence on how, `$sources`: numbers of sources, `$facts`: what it follows from.
lines-derived = { $fact }: <strong>{ $value }</strong>{ $sources }<small> (from { $facts })</small>
lines-derived-how = { $fact }: <strong>{ $value }</strong>. { $how }{ $sources }<small> (from { $facts })</small>
lines-derived-open = { $fact }: <strong>not known yet</strong>. It could be: { $values }. Depends on: { $facts }{ $sources }
# The values that are still possible, two at a time.
lines-values-or = { $first }; or { $second }
# A figure as it is printed, and what it means for 100 people.
lines-figure-people = { $figure } = { $people }
lines-figure-interval = { $figure } (95 % interval { $interval })
lines-figure-interval-level = { $figure } ({ $level } interval { $interval })
# A figure and how many people it is about.
lines-figure-count = { $figure }, { $count } people
# What a figure is compared with.
lines-against = against { $comparator }
lines-against-figure = against { $comparator }: { $figure }
lines-p-value = p { $value }
lines-figures-statistic = { $figures }, { $statistic }
# What a study showed.
lines-conclusion-better = better
lines-conclusion-no-difference-shown = no difference shown
lines-conclusion-worse = worse
lines-conclusion-not-compared = not compared with others
lines-conclusion-chance-open = whether that is chance is not told
# `$measure`: what was measured; `$at`: after what time; `$text`: the result in a sentence; `$sources`: numbers of sources.
lines-outcome = <strong>{ $measure }: </strong>{ $text }<small> ({ $figures }; { $conclusion })</small>{ $sources }
lines-outcome-at = <strong>{ $measure } at { $at }: </strong>{ $text }<small> ({ $figures }; { $conclusion })</small>{ $sources }


## pages


## preferences


## visit summary


## symptom


## search


## readability


## calendar


## ask


## command line


## server frame


## start


## situation


## review


## options page


## downloads


## reading


## errors

# How many errors and warnings were found in a guide.
errors-count =
    { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }
