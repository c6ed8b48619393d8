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

# The title of a treatment's page. $verdict: how it fits the situation.
treatment-title = { $name }: { $verdict }
# $kind: the kind of treatment. $id: its id in the guide. $codes: codes of classifications, for instance `ATC L01DB01`.
treatment-codes = <small>{ $kind }; { $id }; codes: { $codes }</small>
treatment-no-codes = <small>{ $kind }; { $id }</small>
treatment-here-heading = In this situation
treatment-declined = You said that you do not want this. It stays listed so that nothing is hidden.
# $nothing-against: that this says nothing against any treatment.
treatment-not-covered = This guide doesn't cover your situation. { $nothing-against }
# $facts: facts with what is stated, for instance `Grade: high; Size: 7 cm`.
treatment-decided-by = <strong>Decided by: </strong>{ $facts }
treatment-named-for-no-one = The guide names it for no one.
# $facts: names of facts that aren't known yet.
treatment-depends-on = <strong>Depends on: </strong>{ $facts }
treatment-for-whom-heading = For whom
treatment-for-whom-in-general-heading = For whom, in general
treatment-was-for-heading = Who it was for
treatment-was-for-in-general-heading = Who it was for, in general
# One reason for which the guide names a treatment. $sentence: the reason. $sources: numbers of sources with a space before them, or nothing.
treatment-indication = { $sentence }{ $sources }<small> ({ $timing }; { $strength }; aim: { $aim })</small>
# $condition: the rule in words.
treatment-indication-with-rule = { $sentence }{ $sources }<small> ({ $timing }; { $strength }; aim: { $aim }. When { $condition })</small>
# The same for a treatment that is no longer available.
treatment-past-indication = { $sentence }{ $sources }<small> ({ $timing }; aim: { $aim })</small>
treatment-past-indication-with-rule = { $sentence }{ $sources }<small> ({ $timing }; aim: { $aim }. When { $condition })</small>
treatment-cautions-heading = To take care of
treatment-availability-heading = Availability
# $status: see treatment-availability-status. $statement: a sentence of the guide.
treatment-availability = <strong>{ $status }: </strong>{ $statement }
# $known: whether the date $since and the country or region $jurisdiction are known.
treatment-availability-status =
    { $known ->
        [since-and-jurisdiction] { $status }, since { $since } ({ $jurisdiction })
        [since] { $status }, since { $since }
        [jurisdiction] { $status } ({ $jurisdiction })
       *[neither] { $status }
    }
treatment-what-heading = What it is
treatment-given-heading = How it goes
treatment-benefits-heading = Benefits: what studies found
treatment-harms-heading = Harms: side effects
treatment-no-figures = The guide has no figures on what it achieves.
treatment-unknowns-heading = What is not known
treatment-tests-heading = Tests needed first
treatment-watched-heading = What is watched
treatment-disagreements-heading = Where sources differ
treatment-questions-heading = To ask
# The title of a picture of people. $measure: what was counted. $at: when. $whom: who was studied; $known: which of the two are known.
treatment-people-title =
    { $known ->
        [at-and-whom] { $measure } at { $at } ({ $whom })
        [at] { $measure } at { $at }
        [whom] { $measure } ({ $whom })
       *[neither] { $measure }
    }
# $name: what these people were given. $others: how many of 100 it is not so for.
treatment-people = { $name }: { $count } of 100 people; not so for the other { $others }
treatment-people-range = { $name }: { $low } to { $high } of 100 people; not so for the other { $fewest-others } to { $most-others }
# A reason that holds in the situation. $sentence, $sources: as in treatment-indication.
treatment-why = <strong>Why: </strong>{ $sentence }{ $sources }<small> ({ $timing }, { $strength }, aim: { $aim })</small>
# A reason that may hold.
treatment-when-it-would-fit = <strong>When it would fit: </strong>{ $sentence }{ $sources }<small> ({ $timing }, { $strength }, aim: { $aim })</small>
# A reason that held before the treatment was withdrawn.
treatment-past-reason = { $sentence }{ $sources }<small> ({ $timing }, aim: { $aim })</small>
# $text: sentences of the guide.
treatment-advised-against = <strong>Advised against: </strong>{ $text }
treatment-to-be-ruled-out = <strong>To be ruled out first: </strong>{ $text }
treatment-not-to-be-given = <strong>Not to be given: </strong>{ $text }
treatment-take-care = <strong>Take care: </strong>{ $text }
treatment-to-be-checked = <strong>To be checked: </strong>{ $text }
# Follows a caution. $condition: its rule in words.
treatment-caution-rule = <small> (when { $condition })</small>
treatment-evidence-heading = Evidence
# The heads of the table of results, then of the table of side effects.
treatment-evidence-measure = measure
treatment-evidence-value = value
treatment-evidence-compared-with = compared with
treatment-evidence-difference = difference
treatment-evidence-showed = showed
treatment-evidence-study = study
treatment-evidence-effect = side effect
treatment-evidence-term = CTCAE term
treatment-evidence-grade = grade
treatment-evidence-sources = sources
# What was measured, and when: `overall survival at 5 years`.
treatment-evidence-measure-at = { $measure } at { $at }
# How many people a figure rests on.
treatment-evidence-people = n = { $people }
# $conclusion: what a comparison showed; a word that is the same in every language.
treatment-evidence-conclusion =
    { $conclusion ->
        [better] better
        [no_difference_shown] no difference shown
        [worse] worse
       *[not_compared] not compared
    }
treatment-rules-heading = Rules, and how they were worked out
treatment-rules-scope = Every indication also asks that the guide covers the case: { $condition }.
treatment-rule-indication = Indication, { $timing }
treatment-rule-contraindication = Contraindication
treatment-rule-precaution = Precaution
treatment-rule-declined = Declined
# $rule: what kind of rule it is. $condition: the rule in words.
treatment-rule = <strong>{ $rule }: </strong>when { $condition }
# $truth: see treatment-truth.
treatment-rule-in-case = <strong>{ $rule }: </strong>{ $truth }; when { $condition }
# What a condition comes to in a case.
treatment-truth =
    { $truth ->
        [true] holds
        [false] does not hold
       *[unknown] not known
    }
# A part of a rule. $rule: treatment-parts. $condition: the part in words.
treatment-part = <small>{ $rule }: </small>{ $truth }: { $condition }
# The same for a part that has parts of its own.
treatment-part-with-parts = <small>{ $rule }: </small>{ $truth }
treatment-parts =
    { $rule ->
        [all] all of these
        [any] one of these
       *[not] not
    }


## effects

# Lines that name side effects. $effects: links to their pages. $urgency: how soon to call, a name of the guide.
effects-call-for = <strong>{ $urgency } for: </strong>{ $effects }
effects-found-by-tests = <strong>Found by tests: </strong>{ $effects }
effects-serious = <strong>Serious: </strong>{ $effects }
effects-lasting = <strong>May last long or for good: </strong>{ $effects }
effects-none = The guide names no side effects of it. That does not mean that it has none.
effects-frequency-by-figure-heading = How often: see each figure
effects-frequency-not-said-heading = How often is not said
# $treatments: links to what this is a technique of.
effects-way-to-give = <strong>A way to give: </strong>{ $treatments }. What is told there of side effects and care holds here too.
# The title of a picture of people. $grade: how severe, by CTCAE.
effects-people-title = { $effect }, grade { $grade }
# What is said of one side effect, joined by semicolons after its name.
effects-one-serious = serious
effects-one-goes-away = goes away
effects-one-may-last = <strong>may last for months or years</strong>
effects-one-may-be-permanent = <strong>may be permanent</strong>
effects-one-begins-early = begins early
effects-one-may-begin-late = may begin months or years later
# How many have it. $grade: how severe, by CTCAE. $other: how many with $comparator.
effects-one-figure-grade = { $figure }<small>, grade { $grade }</small>
effects-one-figure-compared = { $figure }, against { $other } with { $comparator }
effects-one-figure-grade-compared = { $figure }<small>, grade { $grade }</small>, against { $other } with { $comparator }
# Follows the sentence on an effect that some people don't have to expect. $condition: the rule in words.
effects-one-only-if = <small> (only if { $condition })</small>


## compare

compare-heading = Compare
compare-order = In the order of the guide, not of worth. Which of them is right is for you and your team to weigh.
compare-glance-heading = At a glance
compare-nothing-said = The guide says nothing on this.
compare-no-figures = The guide has no figures on what any of them achieves.
compare-different-studies = The figures of two treatments come from different people in different studies, unless a line says what it was compared with. So they do not show which is better.
compare-no-figure = No figure in this guide.
compare-indication = <strong>{ $timing }</strong>: { $strength }; aim: { $aim }
# $way: how it is given, for instance `infusion`. $when: when and for how long.
compare-given = <strong>How: </strong>{ $way }, { $when }
# $outcome: a sentence of the guide.
compare-result = <strong>A result: </strong>{ $outcome }
compare-serious-effects = <strong>Serious side effects: </strong>{ $effects }


## timeline

timeline-title = { $treatment }: how it goes
timeline-parts-heading = The parts, one after the other (not to scale)
timeline-given-heading = How it is given
timeline-lasts = lasts: { $duration }


## plan

plan-title = How the parts follow one another
plan-intro = These are the parts that you chose, in the order of time, not to scale. Which of them are right for you, and in what order, is for you and your team to decide. Where several stand at one time, the guide does not say which comes first.
# How a treatment fits that is given at the end of the way.
plan-comes-later = comes later
# How a technique fits. $treatment: what it is a way to give. $fit: how it fits.
plan-way-to-give = a way to give { $treatment }; { $fit }
# Notes on a time of the plan.
plan-alongside = At any time, beside the others.
plan-place-not-said = The guide does not say where this stands among the others. Ask your team.


## pathway

pathway-title = How treatments follow one another
pathway-about-all = The whole guide; nothing is known of the situation.
# $facts: what the people in the picture have in common.
pathway-about-group = For all who share: { $facts }. Everything else is open.
pathway-limited-to = Limited to: { $kinds }.
pathway-nothing = The guide has nothing to show here.
# Why the guide doesn't cover a group. $statement: a sentence of the guide.
pathway-not-covered = { $statement } Where to look: { $elsewhere }
# How a treatment fits a group.
pathway-fits = fits
pathway-may-fit = might be an option: more must be known
pathway-advised-against = advised against
# $fit: how it fits.
pathway-declined = { $fit }; declined, listed so that nothing is hidden
# $facts: names of facts.
pathway-depends-on = depends on: { $facts }
pathway-depends-on-more = depends on: { $facts }; and { $more } more
# On an arrow. $facts: facts with values.
pathway-step-only-if = only if { $facts }
# How a time stands to the others. $time: the name of another one.
pathway-follows-on = Follows on: { $time }.
pathway-branches-off = Branches off from: { $time }.
pathway-way-of-its-own = A way of its own.
pathway-alongside = Runs alongside the others.
pathway-only-if = <strong>Only if: </strong>{ $facts }.


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

preferences-heading = What matters to you
# $value: what may matter to a person. $weight: how much it does. $touching: what of a treatment touches it.
preferences-touched = <strong>{ $value }</strong><small> ({ $weight })</small>: { $touching }
preferences-untouched = <strong>{ $value }</strong><small> ({ $weight })</small>: the guide names nothing of this treatment that touches it.
preferences-question = <strong>{ $value }</strong>: { $weight }. To ask: { $question }
# $effects: each as in preferences-effect.
preferences-effects = possible: { $effects }
# $effect: a link to a side effect. $duration: a word that is the same in every language.
preferences-effect =
    { $duration ->
        [permanent] { $effect } (may be permanent)
        [long_lasting] { $effect } (may last for months or years)
        [passing] { $effect } (mostly goes away)
       *[not_stated] { $effect }
    }
# $place: for instance `outpatient clinic, every 3 weeks`.
preferences-given = where it is given: { $place }


## derivation

derivation-heading = For the team: codes, and how each derived fact was reached
# The heads of the table of stated facts, then of the table of derived facts.
derivation-fact = fact
derivation-value = value
derivation-codes = codes
derivation-derived-fact = derived fact
derivation-row = row of its table
derivation-decided-by = decided by
# $facts: names of facts.
derivation-open = open; depends on { $facts }


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
