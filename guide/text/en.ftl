### Every sentence of the interface, in English. A second language is another file beside this one.
###
### Ids: lower case words joined by `-`; the first word or two name the page or the thing, the rest what is said: `options-heading`.
### Sections: one for each source file that uses the messages. Add a message at the end of its section.
### Messages: whole sentences, never parts to be glued together. What depends on a number is a select:
###     { $count -> [one] One treatment fits *[other] { $count } treatments fit }
### Variables: lower case words joined by `-`. A comment above the message says what they are where the name doesn't.
### Markup: `<strong>..</strong>` and `<small>..</small>`, closed in the same text, not one in another. A bare `<` before a letter is {"<"}.
### A space at the start or the end is written {" "}.
### Attributes: only `.for-someone-else`, the wording for a person who asks for someone else, where the usual one would be wrong or confusing.
### How to add, change, translate: "Change or add a sentence" in CONTRIBUTING.md.


## answer

# The title of a page that shows what the guide says about one person's situation.
answer-title = My options
    .for-someone-else = Their options
answer-care-for-everyone = Some care is for everyone. It is listed below.
answer-informs = This is what the guide says about the facts given. It gives information. It isn't medical advice, and your care team may have reasons for another plan.
# The heading of what the guide says about a case of which not everything is known.
scenarios-heading = What usually happens next
# What a plan starts with, before any treatment of the cancer.
scenarios-first = First
# The treatments that are usual, those that are an option, and those whose benefit isn't proven.
scenarios-usual = Usual
scenarios-option = Worth discussing
scenarios-not-proven = Not yet proven to help
scenarios-nothing = No treatment of the cancer is usual right now.
# Above a list of clauses, for example `the cancer hasn't spread to distant parts of the body`.
scenarios-assumed = We don't know everything about you yet. This is for the most usual situation:
# `$checks`: what is checked, for example `the heart; the kidneys`.
scenarios-checks = Before treatment, your team will also check: { $checks }.
# Supportive treatments, such as follow-up or help with symptoms.
scenarios-around = Also for you
# What a scenario with something unusual assumes besides. `$assumed`: clauses, for example `the tumor can be taken out; you're healthy enough`.
scenarios-also-assumed = This also assumes: { $assumed }.
# A treatment about which a precaution holds because of what the person stated.
scenarios-with-care = { $treatment } (with special care, because of your answers)
# A treatment with the usual ways to do it, for example `limb-sparing surgery`.
scenarios-ways = { $treatment } (mostly: { $ways })
# A treatment with what is checked before it.
scenarios-checked = { $treatment } (check first: { $checks })
# Above the questions whose answers would change most.
scenarios-questions = Your answers to these questions would change this most:
# Above the first two questions, when nothing was answered yet.
scenarios-invitation = Answer two questions, and you'll see what usually happens next:
# `$difference`: what is different from the usual, as a clause. What changes then follows.
scenarios-if = <strong>If { $difference }</strong>:
scenarios-and = { $first }, and { $second }
answer-situation = The situation
answer-fact = { $fact }: <strong>{ $value }</strong>
answer-nothing-stated = You haven't entered any facts yet.
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
answer-order = In order of time. At each time, what the guide recommends most strongly comes first. You and your team decide which of them is right.
answer-all-decided-by = <strong>All of them are decided by: </strong>{ $facts }
answer-all-to-check = <strong>To be checked for all of them: </strong>{ $facts }
# `$which`: all treatments under this heading, or those that are new; with `-more`, other facts are named above.
answer-these-decided-by =
    { $which ->
       *[all] <small>Decided for all of these by: { $facts }</small>
        [all-more] <small>Also decided for all of these by: { $facts }</small>
        [new] <small>Decided for those of these that aren't listed above by: { $facts }</small>
        [new-more] <small>Also decided for those of these that aren't listed above by: { $facts }</small>
    }
answer-these-to-check =
    { $which ->
       *[all] <strong>To be checked for all of these: </strong>{ $facts }
        [all-more] <strong>Also to be checked for all of these: </strong>{ $facts }
        [new] <strong>To be checked for those of these that aren't listed above: </strong>{ $facts }
        [new-more] <strong>Also to be checked for those of these that aren't listed above: </strong>{ $facts }
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
answer-ongoing-heading = What you're having now
answer-ongoing-intro = You've started this already, so it isn't listed again below among what is new. Ask your team: how will we know whether it's working, and what comes next if it stops working?
# `$fit`: how a treatment that the person is having now fits, for instance `advised against here`.
answer-ongoing-fit = In this guide: { $fit }. Talk with your team about it.
# `$facts`: what could speak against a treatment that the person is having now.
answer-ongoing-to-rule-out = <strong>Ask your team whether they've checked: </strong>{ $facts }
# `$text`: a precaution, often for the time before the start. The person is having the treatment now.
answer-ongoing-take-care = <strong>If nobody has talked with you about this yet, ask now: </strong>{ $text }
answer-nothing-new = With what is known so far, nothing is settled beyond what you're having now.
# `$treatment`: a line about a treatment that the person is having now. `$ongoing`: `fit-ongoing-now` or a message like it.
answer-with-ongoing = { $treatment } <strong>{ $ongoing }</strong>
answer-declined-listed = You said that you do not want this. It stays listed so that nothing is hidden.
# `$which`: all facts, or those that are not named above (`more`).
answer-decided-by =
    { $which ->
       *[all] <strong>Decided by: </strong>{ $facts }
        [more] <strong>Also decided by: </strong>{ $facts }
    }
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
        [more] <strong>Also to be checked: </strong>{ $facts }
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
answer-for-no-one = { $treatment }: the guide doesn't list it for anyone
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



## the page "My options"

# $facts: what can't be worked out yet, for example `how far it has spread; the stage`.
options-not-clear-yet = Not clear yet: { $facts }.
# The parts of the answer in short.
options-wanted = What is for you, whatever you decide
options-usual = What is usual
options-discuss = What is worth discussing
options-ask = What to ask this week
options-ask-more = All questions for my visit
# $care: what comes before any treatment of the disease.
options-first = First: { $care }.
options-then = Then: { $treatments }
options-not-proven = Not yet proven to help: { $treatments }
options-more-names =
    { $count ->
        [one] { $names }; and 1 more
       *[other] { $names }; and { $count } more
    }
# $assumed: clauses.
options-assumes = This assumes that { $assumed }.
options-assumes-more = This assumes that { $first }, and { $count } more.
# The heading above the course of treatment.
options-course = How treatment could go
options-order = Not ranked. You and your team decide.
# Below a stop in the picture of the course. $main says whether the main treatment is given then.
options-stop-note =
    { $main ->
        [yes] main, { $count } listed
       *[no] { $count } listed
    }
# A stop, for people who can't see the picture. $course is `main`, or `branch` for an alternative.
options-stop =
    { $course ->
        [branch] Or { $time }: { $main ->
            [yes] the main treatment, { $count } listed
           *[no] { $count } listed
        }
       *[main] { $time }: { $main ->
            [yes] the main treatment, { $count } listed
           *[no] { $count } listed
        }
    }
options-see-above = See above. It's also given at this time.
# The names of treatments whose rows are folded.
options-others-here = { $count } more: { $names }
options-tag-if-ruled-out = { $strength }, after a few safety checks
options-sources = Sources: { $works }
options-why = Why we show this
options-because = <strong>We show this because you said: </strong>{ $facts }
options-because-assumed = <strong>It also depends on what we assume: </strong>{ $assumed }
options-checked = <strong>Your team checks first: </strong>{ $checks }
options-details = All figures and side effects, and how it's given
options-more-about = Benefits, harms and how it goes: { $treatment }
options-ways = Ways to give it. What is said above holds for each of them:
# $text: a result in a sentence; $conclusion: what the study showed, for example `no difference shown`.
options-figure = { $text } <small>({ $conclusion })</small>
options-common-effects =
    { $more ->
        [0] <strong>Common side effects: </strong>{ $effects }.
       *[other] <strong>Common side effects: </strong>{ $effects } and { $more } more.
    }
options-serious-effects =
    { $more ->
        [0] <strong>Serious ones: </strong>{ $effects }.
       *[other] <strong>Serious ones: </strong>{ $effects } and { $more } more.
    }
# What speaks for one treatment or another at the same time: the heading, and the columns of the table.
options-differences = What speaks for one or another
options-differences-order = Not ranked. No row is better than another. What matters more is up to you.
options-difference-treatment = Treatment
options-difference-strength = How sources put it
options-difference-aim = Aim
options-difference-evidence = What studies compared
options-difference-harms = Side effects
options-difference-place = Where and how often
# $measure: what was measured; $result: for example `better`.
options-compared = { $measure }, against { $comparator }: { $result }
options-no-figures = This guide has no figures on it.
options-figures-alone = There are figures, but without a comparison.
options-names-and-more =
    { $more ->
        [0] { $names }
       *[other] { $names } and { $more } more
    }
options-serious = Serious: { $effects }.
options-lasting = May last: { $effects }.
options-no-harms = None named as serious or lasting.
options-place-not-said = Our sources don't say.
options-before = Before you decide
options-checks = <strong>Your team will also check: </strong>{ $checks }.
# A scenario with something unusual. $difference: clauses, for example `the disease has spread`.
options-if = If { $difference }
options-rare = In rarer situations
options-otherwise =
    { $count ->
        [one] If something is different: 1 more
       *[other] If something is different: { $count } more
    }
options-rare-depends = Each of these depends on something that isn't known yet, or isn't usual.
options-assumed = What we assume
options-not-fitting = What doesn't fit, and why
options-about = About this answer: sources

## scope


## fit

# How a treatment fits a case: said after its name.
fit-fits = fits this situation
fit-fits-once-ruled-out = fits, if something is ruled out first
fit-may-fit = might be an option
fit-trial-only = only in clinical trials
fit-advised-against = advised against here
fit-unavailable = no longer available
fit-ongoing = you're having this now
fit-ongoing-now = You're having this now.
# `$treatments`: what the person is having with it, for instance `docetaxel`.
fit-ongoing-with = You're having this now, together with { $treatments }.
# `$treatment`: a combination that contains it.
fit-ongoing-part = You're having this now, as part of { $treatment }.
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
scope-open = <strong>We don't know yet whether this guide is right for you. That depends on: </strong>{ $facts }.
# Above the kinds of situations that the guide doesn't cover, if this may be one of them.
scope-open-heading = Who this guide isn't for
# `$kinds`: the kinds of situations that the guide doesn't cover and this may be.
scope-open-kinds = <strong>We don't know yet whether this guide is right for you. That depends on: </strong>{ $facts }. It isn't for: { $kinds }.


## doubts

# Above the doubts: what was stated and probably contains a mistake.
doubts-heading =
    { $count ->
        [one] Please check this first: something may not be right
       *[other] Please check this first: some things may not be right
    }
# `$facts`: the facts that don't fit together, with what was stated, for instance `Grade: low; Size: 7 cm`.
doubts-stated = You wrote:
# Above the ways to read what was stated.
doubts-readings = One of these may be right:
# A way to read what was stated. `$fact`: the fact that then has the value `$value`.
doubts-reading = { $text } ({ $fact }: { $value })
# Shown instead of `doubts-followed` if answers from which something usually follows contradict others. `$facts`: these answers.
doubts-unused = Until this is clear, we conclude nothing from these answers: { $facts }. What you see here follows from your other answers.
# `$facts`: answers from which nothing follows yet. `$missing`: the facts that would have to be known, for example `the size and the place`.
unused-missing = Nothing follows yet from: { $facts }. To use it, this guide needs to know: { $missing }.
# `$facts`: answers from which nothing follows.
unused-nothing-follows = This guide concludes nothing from: { $facts }.
doubts-followed = Until you change something, what you see here follows what you stated. Nothing that seems doubtful was changed.


## treatment

# $kind: the kind of treatment. $id: its id in the guide. $codes: codes of classifications, for instance `ATC L01DB01`.
treatment-codes = <small>{ $kind }; { $id }; codes: { $codes }</small>
treatment-no-codes = <small>{ $kind }; { $id }</small>
treatment-here-heading = In this situation
# The parts of a treatment's page.
treatment-why-heading = Why we show this for you
treatment-not-for-you-heading = Why this doesn't fit your situation
treatment-warning-heading = Know this first
# $effects: links to side effects.
treatment-label-warning = <strong>The strongest warnings on labels name: </strong>{ $effects }
treatment-glance-you = For you
treatment-glance-when = When
treatment-glance-aim = Aim
treatment-glance-how = How
# What is left out of a short row. $count: how many ways to give the treatment the page describes further down.
treatment-glance-more-ways =
    { $count ->
        [one] { $ways }; and one more way, described below
       *[other] { $ways }; and { $count } more ways, described below
    }
treatment-glance-how-long = How long
treatment-glance-more-parts =
    { $count ->
        [one] { $parts }; and one more step, described below
       *[other] { $parts }; and { $count } more steps, described below
    }
treatment-glance-lasts = { $part }: { $duration }
treatment-first-result-heading = What it can do
treatment-first-result-by-choice = What studies found is about how long people lived. You can see it below, if you want to know.
treatment-studies-heading = What studies found
treatment-by-choice-heading = How long people lived, if you want to know
treatment-by-choice-about = These figures are about groups of people in studies. They can't say what will happen to you.
treatment-side-effects-heading = Side effects
treatment-all-effects-heading = All side effects
treatment-course-heading = What it is and how it goes
treatment-care-heading = Is it safe for you?
treatment-before-heading = Tests and checkups
treatment-team-heading = For the care team: codes, evidence, rules
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
# The heading of a list of statements. $list: its key in the file of a treatment.
treatment-list-heading =
    { $list ->
        [what] What it is
        [unknown] What is not known
        [monitoring] What is watched
        [disagreement] Where sources differ
        [question] To ask
       *[other] { $list }
    }
treatment-no-figures = The guide has no figures on what it achieves.
treatment-tests-heading = Tests needed first
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


## figures

# One group of 100 people. $name: what they were given. $others: how many didn't have the result that the title names.
figures-people = { $name }: yes for { $count } of 100 people, no for { $others }.
figures-people-range = { $name }: yes for { $low } to { $high } of 100 people, no for { $fewest-others } to { $most-others }.
# The difference between two groups. $rounded: whether a figure of the source was rounded. $treatment: the treatment of the first group.
figures-difference =
    { $direction ->
        [fewer] { $rounded ->
            [yes] About { $count } fewer in 100 with { $treatment }
           *[no] { $count } fewer in 100 with { $treatment }
        }
       *[more] { $rounded ->
            [yes] About { $count } more in 100 with { $treatment }
           *[no] { $count } more in 100 with { $treatment }
        }
    }
figures-difference-range =
    { $direction ->
        [fewer] Between { $low } and { $high } fewer in 100 with { $treatment }
       *[more] Between { $low } and { $high } more in 100 with { $treatment }
    }
# The figures of one group or both are ranges that overlap.
figures-difference-open = Between { $fewer } fewer and { $more } more in 100 with { $treatment }
figures-difference-none =
    { $rounded ->
        [yes] About the same in both groups
       *[no] The same in both groups
    }
# What the study showed about the difference. $difference: one of the messages above.
figures-difference-unproven = { $difference }, but the study couldn't show a difference
# The key of the picture. The titles of pictures say what happened, for instance `The tree fell over`.
figures-key-happened = <strong>{ $count }</strong> yes
figures-key-did-not = <strong>{ $count }</strong> no
figures-key-range = <strong>{ $count }</strong> in doubt: the figure is a range
figures-key-both = <strong>{ $count }</strong> in both groups
figures-key-only = <strong>{ $count }</strong> only in one group: { $group }
figures-key-neither = <strong>{ $count }</strong> in neither group
# The caption: whether more or fewer is better, when the people were counted, who was studied, how many, and how sure a difference is.
figures-better =
    { $better ->
        [fewer] Fewer is better.
       *[more] More is better.
    }
figures-at = Time span: { $at }.
figures-whom = Who was studied: { $whom }.
figures-count = { $count } people.
figures-counts = { $count } people, compared with { $others }.
figures-chance-not-said = <strong>The source doesn't say whether the difference could be chance.</strong>
figures-chance-open = <strong>These numbers alone don't show whether the difference could be chance.</strong>
# The title of a picture of how many people had a side effect. $grade: how severe, by CTCAE.
figures-effect = How many people had it
figures-effect-grade = How many people had it, grade { $grade }


## effects

# Lines that name side effects. $effects: links to their pages. $urgency: how soon to call, a name of the guide.
effects-call-for = <strong>{ $urgency } for: </strong>{ $effects }
# The heads of the first side effects on a page. $others: whether a warning above names serious ones already.
effects-first-common =
    { $count ->
        [one] A common one
        [2] Two common ones
        [3] Three common ones
       *[other] Common ones
    }
effects-first-serious =
    { $others ->
        [yes] { $count ->
            [one] Another serious one
           *[other] Other serious ones
        }
       *[no] { $count ->
            [one] A serious one
            [2] Two serious ones
            [3] Three serious ones
           *[other] Serious ones
        }
    }
effects-first-figure = { $effect }: { $figure }
effects-first-figure-grade = { $effect }: { $figure }<small>, grade { $grade }</small>
effects-call-heading = When to call
effects-none = The guide names no side effects of it. That does not mean that it has none.
effects-frequency-by-figure-heading = How often: see each figure
effects-frequency-not-said-heading = How often is not said
# $treatments: links to what this is a technique of.
effects-way-to-give = <strong>A way to give: </strong>{ $treatments }. What is told there of side effects and care holds here too.
# What is said of one side effect, joined by semicolons after its name.
effects-one-warning = in the strongest warning on a label
effects-one-serious = serious
effects-one-found-by-test = found by tests
effects-one-goes-away = usually goes away
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

# $count: how many treatments are compared.
compare-heading =
    { $count ->
        [one] One treatment
       *[other] Compare { $count } treatments
    }
# $treatment: a name with its brands.
compare-name-and-summary = { $treatment }: { $summary }
compare-order = Not ranked: you and your team decide. On a phone, swipe sideways for more.
# What screen readers announce for the table.
compare-table = Treatments side by side
# Stands for what the guide doesn't say. $gap: that sign.
compare-gap = –
compare-gaps = { $gap } means that the guide says nothing on this. It doesn't mean that there is nothing.
# The questions that the rows answer, each with the heading of its folded details.
compare-fit = Is it recommended for you?
compare-strength = Is it recommended?
compare-fit-more = Why, and what to check first
compare-what = What is it?
compare-when = When, where and for how long?
compare-given-more = More on what it is, and how it goes
compare-benefit = What may it do?
compare-benefit-more = All results and figures, and what isn't known
compare-common = Which side effects are common?
compare-serious = Which are serious?
compare-lasting = What may last, or change daily life?
compare-effects-more = All side effects, and when to call
compare-rest = Tests, checks, and what to ask
compare-no-figures = The guide has no figures on what any of them achieves.
compare-different-studies = Figures from different studies don't show which treatment is better, unless a line says what it was compared with.
# The same without the time.
compare-strongest = { $strength }. Aim: { $aim }
# The first sentences of a text that goes on in the details.
compare-cut = { $text } …
compare-indication = <strong>{ $timing }</strong>: { $strength }. Aim: { $aim }
# $place: where, for instance `Clinic`. $way: how, for instance `into a vein (infusion)`.
compare-place-and-way = { $place }: { $way }
# $measure: what was measured. $outcome: a sentence of the guide.
compare-result = <strong>{ $measure }: </strong>{ $outcome }
# Follows a result. $showed: what the studies showed.
compare-showed = <small> ({ $showed })</small>
# Follows a result if other results about the same measure show something else.
compare-others-differ = <small> (other results differ)</small>
compare-other-result = <strong>{ $measure }: </strong>{ $showed }
# Stands for a figure that a person chooses to see.
compare-result-below = <strong>{ $measure }: </strong>see the figures below
compare-people = { $count } of 100
compare-people-range = { $low } to { $high } of 100
# $people: how many of 100.
compare-effect = { $effect }: <strong>{ $people }</strong>
compare-effect-grade = { $effect }: <strong>{ $people }</strong><small>, grade { $grade }</small>
compare-more = and { $count } more
# $values: what can matter to a person, for instance `having children later`.
compare-touches = <strong>May affect: </strong>{ $values }


## timeline

timeline-title = { $treatment }: how it goes
timeline-parts-heading = The parts, one after the other (not to scale)
timeline-given-heading = How it is given
timeline-lasts = lasts: { $duration }


## plan

plan-title = How the steps follow one another
plan-intro = These are the steps that you chose, in order of time, not to scale. You and your team decide which of them are right for you, and in what order. If there are several at one time, the guide doesn't say which comes first.
# How a treatment fits that is given at the end of the way.
plan-comes-later = comes later
# How a technique fits. $treatment: what it is a way to give. $fit: how it fits.
plan-way-to-give = a way to give { $treatment }; { $fit }
# Notes on a time of the plan.
plan-alongside = At any time, alongside the others.
plan-place-not-said = The guide doesn't say when this comes in relation to the others. Ask your team.


## pathway

pathway-title = How treatments follow one another
pathway-about-all = The whole guide, for any situation.
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
pathway-ongoing = being given now
# `$fit`: how the treatment fits.
pathway-ongoing-and = { $fit }; being given now
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
pathway-way-of-its-own = A separate path.
pathway-alongside = Runs alongside the others.
pathway-only-if = <strong>Only if: </strong>{ $facts }.


## words

words-not-known = not known
words-number = { $number } { $unit }
# What is known of a number that isn't known exactly.
words-more-than = more than { $low } { $unit }
words-at-least = at least { $low } { $unit }
words-less-than = less than { $high } { $unit }
words-at-most = at most { $high } { $unit }
words-between = { $low } to { $high } { $unit }
words-between-low-excluded = more than { $low } { $unit }, at most { $high } { $unit }
words-between-high-excluded = at least { $low } { $unit }, less than { $high } { $unit }
words-between-both-excluded = more than { $low } { $unit }, less than { $high } { $unit }
# How a treatment is given.
words-way-and-form = { $way }, { $form }
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
# $statistic: what kind of figure a study gives; a word that is the same in every language.
words-statistic =
    { $statistic ->
        [median] median
        [rate] rate
        [hazard_ratio] hazard ratio
       *[absolute_difference] absolute difference
    }
# $urgency: how soon to call, where the guide has no words of its own; a word that is the same in every language.
words-urgency =
    { $urgency ->
        [emergency] Emergency
        [now] Now
        [same_day] Same day
       *[next_visit] Next visit
    }
words-sources = Sources
words-works = Where these passages stand
words-revised = revised { $date }
words-no-date = no date of its own, read { $date }
words-quoting = quoting: { $work }


## listed

# $others is the number of other entries that are on the person's list.
listed-nothing-else =
    { $others ->
        [0] none
       *[other] no others
    }
listed-none = none
# The rest of a list. $items: what the list consists of, as a plural.
listed-others = Other { $items }
# $value says that something isn't on the person's list; $names are what it's about, joined by semicolons.
listed-absent = { $value }: { $names }

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
# Follows a fact that follows from others, while the report isn't known to say the same. `$fact`: what the report calls it, as a link.
lines-confirm = {" "}Does your report say the same? If so, add it to your answers: { $fact }.
# The values that are still possible, two at a time.
lines-values-or = { $first }; or { $second }
# A figure as it is printed, and what it means for 100 people.
lines-figure-people = { $figure } = { $people }
lines-figure-interval = { $figure } (95% confidence interval { $interval })
lines-figure-interval-level = { $figure } ({ $level } confidence interval { $interval })
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
# `$conclusion`: one of the above; `$comparator`: what it was compared with, for instance `placebo`.
lines-showed-against = { $conclusion } (compared with { $comparator })
# Studies showed different things about the same measure.
lines-results-differ = results differ
lines-conclusion-chance-open = whether that is chance is not told
# `$measure`: what was measured; `$at`: after what time; `$text`: the result in a sentence; `$sources`: numbers of sources.
lines-outcome = <strong>{ $measure }: </strong>{ $text }<small> ({ $figures }; { $conclusion })</small>{ $sources }
lines-outcome-at = <strong>{ $measure } at { $at }: </strong>{ $text }<small> ({ $figures }; { $conclusion })</small>{ $sources }
# `$names`: the first names of a list; `$count`: how many more there are.
lines-names-and-more = { $names } and { $count } more


## pages

pages-treatments = Treatments
# A treatment with one sentence on what it is; `$unavailable`: `pages-unavailable`; `$id`: its name in files.
pages-treatment = { $treatment } { $summary }
pages-treatment-unavailable = { $treatment } { $unavailable }{ $summary }
pages-treatment-id = { $treatment }<small> (`{ $id }`)</small>: { $summary }
pages-treatment-id-unavailable = { $treatment }<small> (`{ $id }`)</small>: { $unavailable }{ $summary }
pages-unavailable = no longer available{" "}
pages-effects = Side effects
pages-effects-other = Other
# A side effect and how soon to call for it; `$term`: what the CTCAE calls it.
pages-effect-urgency = { $effect }: { $urgency }
pages-effect-urgency-id = { $effect }<small> (`{ $id }`)</small>: { $urgency }
pages-effect-urgency-term = { $effect }<small> (`{ $id }`, CTCAE: { $term })</small>: { $urgency }
# How soon to call as a rule, and on the treatments where it is soonest.
pages-urgency-on-some = { $rule }; on some treatments { $soonest }
pages-effect-term = { $id }, CTCAE term: { $term }
pages-effect-also-called = also called { $names }
# `$sources`: numbers of sources; `$reason`: why it is so, where no source says it.
pages-effect-rule = <strong>In most cases: { $urgency }.</strong>{ $sources }
pages-effect-rule-reason = <strong>In most cases: { $urgency }.</strong> ({ $reason }){ $sources }
pages-effect-what = What it is
pages-effect-feels-like = What it feels like
pages-effect-calls = When to call
# `$text`: when to call; `$treatments`: those on which it is so.
pages-effect-call-on = { $text }<small> (on { $treatments })</small>
pages-effect-helps = What helps
pages-effect-treatments = Treatments that can cause it
pages-types = Types of tumors
pages-types-in = Covered by this guide
pages-types-intermediate = Covered: between benign and malignant
pages-types-out = Not covered
# `$codes`: the type's name in files, and its codes.
pages-type-codes = { $subtype }<small> ({ $codes })</small>
pages-type-also-called = Also called { $names }.
pages-type-kind = A kind of { $parent }.
pages-type-intermediate = Between benign and malignant; covered by this guide.
pages-type-out = Not covered by this guide.
pages-type-special = What is special about it
pages-stages = Stages and how they are reached
# The heads of a table: the value of a fact, a sentence on it, and the condition on which it is so.
pages-stages-value = value
pages-stages-words = in words
pages-stages-when = when
pages-glossary = Glossary
pages-team = The team
pages-links = Help and further reading
# The name of a person of the team, of a help line, or of an urgency, with a sentence on it.
pages-named = <strong>{ $name }: </strong>{ $text }
pages-sources = Sources
# `$age`: how long ago it was.
pages-date-age = { $date }: { $age } ago
pages-source-revised = revised { $date }
pages-source-parts-revised = oldest part revised { $oldest }; newest part revised { $newest }
pages-source-no-date = no date of its own; read { $date }
# `$date`: when the source was revised or read; `$source`: the newer one.
pages-source-superseded = { $date }; superseded by { $source }
# The heads of a table.
pages-sources-source = source
pages-sources-date = date
pages-sources-cited-as = cited as
pages-sources-rank = rank
pages-sources-passages = passages
pages-source-rules = Which source rules where they differ
pages-references = References that the sources name
pages-guide = About this guide
pages-guide-review = Who has reviewed it
pages-guide-age = How old it is
pages-guide-version = This is version { $version }, last changed on { $date }.
pages-guide-version-age = This is version { $version }, last changed on { $date }, { $age } ago.
pages-guide-oldest = The oldest text that it rests on is of { $date }.
pages-guide-oldest-age = The oldest text that it rests on is of { $date }, { $age } ago.
pages-guide-readability = How hard it is to read
# `$grade`: a number with one decimal.
pages-guide-grade = Its { $sentences } sentences have a Flesch-Kincaid level of { $grade } on average: about as many years of school. Names of treatments and of tumor types are left out of that measure.
# A passage of a source.
pages-passage-summary = <strong>In our words: </strong>{ $summary }
pages-passage-kind = kind: { $kind }
pages-passage-state = state: { $state }
pages-passage-hash = <small>SHA-256 of its text: { $hash }</small>
pages-passage-not-encoded = <strong>Not encoded: </strong>{ $reason }
pages-passage-uses = What rests on it
# `$kind`: `search-kind`; `$id`: a name in files.
pages-passage-use = <strong>{ $kind } { $id }: </strong>{ $text }
pages-passage-urgency = how urgent: { $urgency }
pages-passage-scope = the guide's scope


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
        [passing] { $effect } (usually goes away)
       *[not_stated] { $effect }
    }
# $place: for instance `outpatient clinic, every 3 weeks`.
preferences-given = where it is given: { $place }


## differences

differences-heading = Where your options differ
differences-order = This is about what you said matters to you. Nothing is scored or ranked. You and your team weigh it.
# Links to the options that are looked at. $treatments: their names.
differences-options = The options in your answer: { $treatments }.
differences-options-usual = The options in your answer, if what's usual is true for you: { $treatments }.
differences-few = With what is known so far, your answer doesn't have two options that could differ.
differences-unanswered = You haven't said yet what matters to you.
# $value: what matters. $weight: how much.
differences-value = { $value }<small> ({ $weight })</small>
differences-less = What matters less to you, or what you aren't sure of
# $treatments: options of which the guide says the same. $influence: what it says.
differences-influence = <strong>{ $treatments }: </strong>{ $influence }
differences-nothing-for = <strong>{ $treatments }: </strong>our guide says nothing on this
differences-ask = <strong>Ask your team: </strong>{ $question }
differences-same-heading = Where our guide sees no difference
# What the guide says the same of all options.
differences-same = <strong>{ $value }: </strong>{ $influence }
differences-nothing = Our guide says nothing on these for any of your options. That doesn't mean that they don't differ. Ask your team:
differences-nothing-value = <strong>{ $value }: </strong>{ $question }
# What a treatment does to something that matters, in a few words. $effects, $place, $measure: names.
differences-effects = may cause { $effects }
differences-given = given: { $place }
differences-measure = { $measure }: { $showed }
differences-measure-on-page = { $measure }: see the figures on its page


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

visit-title = { $guide }: summary for a visit
visit-made = Made on { $date }.
visit-situation = The situation
visit-fact = { $fact }: <strong>{ $value }</strong>
# The facts of which the person said "no".
visit-no = <strong>No: </strong>{ $facts }
visit-nothing-stated = You haven't entered any facts yet.
visit-derived = What follows from it
visit-options = What fits this situation
visit-nothing-settled = With what is known so far, no treatment of the cancer is settled.
visit-order = In order of time. The order doesn't say which is better: you and your team decide.
visit-ways = Ways to give it: { $ways }
visit-also = Also: { $treatments }
visit-to-rule-out = Safety checks, before some of these
visit-to-check = Your team will also check
visit-shared-precautions = Take care with several of them
visit-supportive = Around treatment, for you too
# A treatment with how strongly it is recommended.
visit-option = <strong>{ $treatment }</strong> ({ $strength })
visit-option-if-ruled-out = <strong>{ $treatment }</strong> ({ $strength }, after a few safety checks)
visit-option-ways = <strong>{ $treatment }</strong> ({ $strength }; ways to give it: { $ways })
visit-option-ways-if-ruled-out = <strong>{ $treatment }</strong> ({ $strength }, after a few safety checks; ways to give it: { $ways })
visit-way-if-ruled-out = { $treatment } (after a few safety checks)
# `$option`: `visit-option` or `visit-option-if-ruled-out`.
visit-option-why = { $option }: { $why }
visit-ongoing-heading = What you're having now
visit-ongoing-fit = In this guide: { $fit }. Talk with your team about it.
visit-ongoing-to-rule-out = <strong>Ask your team whether they've checked: </strong>{ $facts }
visit-ongoing-take-care = <strong>If nobody has talked with you about this yet, ask now: </strong>{ $text }
visit-ongoing-question = How will we know whether it's working, and what comes next if it stops working?
visit-nothing-new = With what is known so far, nothing is settled beyond what you're having now.
visit-declined = You said that you do not want this.
visit-take-care = <strong>Take care: </strong>{ $text }
visit-because = <strong>{ $treatments }: </strong>because of { $facts }
visit-contraindications = Would fit, but is advised against or no longer available
visit-open = Still open, and what would settle it
visit-open-where = <strong>{ $question }</strong> Where to find it: { $place }
# `$more` counts the treatments that are not named.
visit-matters-for =
    { $more ->
        [0] Matters for: { $treatments }
       *[other] Matters for: { $treatments } and { $more } more
    }
visit-values = What matters to me
# How much some things matter.
visit-value = { $weight }: <strong>{ $values }</strong>
visit-questions = Questions to ask the team
# Treatments, or what matters to the person, with what is said of them.
visit-named = <strong>{ $name }: </strong>{ $text }
visit-sources = Sources
visit-guide = <small>{ $guide }, version { $version }. { $review }</small>
visit-source-revised = revised { $date }
visit-source-read = read { $date }


## take along

# A treatment, or what matters to the person, with a question about it.
take-along-about = { $about }: { $question }
# $facts: the names of facts whose values don't fit together.
take-along-doubt = My answers on these don't seem to fit together. Which one is right? { $facts }


## visit sheet

visit-sheet-heading = My questions
visit-sheet-blanks = Visit on ____________________ with ____________________
# $facts: clauses on the situation.
visit-sheet-situation = My situation: { $facts }.
visit-sheet-assumed = If { $assumed }:
visit-sheet-usual = Most usual: { $treatments }.
visit-sheet-discuss = Also worth discussing: { $treatments }.
visit-sheet-agreed = What we agreed
visit-sheet-next = Next step and date
visit-sheet-team = My cancer team's number, day and night
visit-sheet-call = { $name }: { $phone }


## board

board-title = Tumor board sheet
# $kinds: the kinds of cases that the guide leaves out.
board-not-covered = This guide doesn't cover this case: { $kinds }.
board-maybe-not-covered = With what is known so far, this guide may not cover this case: { $kinds }.
board-fact = <strong>{ $name }:</strong> { $value }
board-ways = { $treatment } ({ $ways })
board-declined = { $treatment } (declined)
board-ongoing = { $treatment } (given now)
# $strength: how strongly it's recommended. $timing: when it's given.
board-strength = { $strength }; { $timing }
board-with-strength = { $treatment } ({ $strength })
board-option = <strong>{ $name }</strong> [{ $strength }]: { $figures }
board-option-check = <strong>{ $name }</strong> [{ $strength }]: { $figures } Check: { $check }
board-other = <strong>If { $difference }:</strong> { $treatments }
board-no-figures = No figures in our sources.
board-assumed = Assumed
board-checks = To be checked, assumed to be fine
board-options = Options
board-others = In other scenarios
board-trials = Only in clinical trials
board-against = Advised against
board-rare = Depends on other open facts
board-precautions = Take care
board-conflicts = Where sources differ
board-open = Open facts, the most decisive first
board-sources = Sources
board-source = { $publisher }: { $title } ({ $date })
board-source-undated = { $publisher }: { $title }
board-interval = { $figure } (95% CI { $interval })
board-statistic = { $statistic } { $figure }
# $other: the result with the comparator.
board-against-figure = { $figure } vs { $other } ({ $comparator })
board-compared = { $figure } (vs { $comparator })
board-no-difference = no difference shown
board-number = n { $count }
board-numbers = n { $count } vs { $others }
# $study: the trial, the number of people, and the date of the source; `none` if none is known.
board-figure =
    { $study ->
        [none] { $measure }: { $result }.
       *[other] { $measure }: { $result } [{ $study }].
    }
board-figure-at =
    { $study ->
        [none] { $measure }, { $at }: { $result }.
       *[other] { $measure }, { $at }: { $result } [{ $study }].
    }
# $people: who was studied.
board-figure-of = { $figure } In { $people }.
# $count: the number of further figures.
board-more-figures = ({ $count } more)
board-value-open = open
board-further = Also options


## symptom

symptom-know = What else to know
symptom-call-number = Call { $number }
symptom-message-number = Text { $number }
# `$urgency`: whom to call, for instance "Call 911".
symptom-red-flags = { $urgency } if you have any of these
symptom-not-recognized = We don't recognize this
symptom-signs = What you wrote can be:
symptom-effects = What it may be
symptom-effect-of-treatment = <strong>{ $treatment } can cause this.</strong>
symptom-effect-not-listed = <small>This guide does not list it for { $treatment }. The guide may not list all side effects.</small>
# How soon to call; the sentence on it follows.
symptom-urgency = { $urgency }:{" "}
symptom-all-signs = All signs that are a reason to call
# `$text`: when to call; `$reason`: why it is so, where no source says it.
symptom-reason = { $text }<small> ({ $reason })</small>


## triage

triage-groups = What is it about?
triage-why = Why
triage-together = Two or more reasons to call today are together a reason to call now.
# `$urgency`: how soon to call at the soonest, for instance "call your cancer team now, day or night".
triage-open = Answer the questions below too. The answer can still become: { $urgency }.
# `$text`: what an answer may mean; `$effect`: a side effect, as a link to its page.
triage-effect = { $text } See: { $effect }.


## glossary

# Headings that every page writes around its text.
glossary-contents = On this page
glossary-terms = Words explained
# What a screen reader calls a table.
glossary-table = Table


## search

# Words that tell nothing of what is looked for: the most common words of the language, without apostrophes.
search-stop-words = a about all am an and any are as at be been being but by can cannot cant could couldnt did didnt do does doesnt dont during for from get gets getting go going got had happen happens has have how i if im in into is isnt it its ive let long make makes many me mean means much must my not of on or our shall should so some tell than that the their them then there these they this those time times to us was we were what whats when where which who why will with wont would wouldnt you your
# What was found.
search-kind =
    { $kind ->
        [treatment] treatment
        [effect] effect
        [type] type
        [term] term
        [team] team
        [link] link
        [fact] fact
        [derived] derived fact
       *[guide] guide
    }
# The heading over several of a kind.
search-heading =
    { $kind ->
        [treatment] Treatments
        [effect] Side effects
        [type] Types of tumors
        [term] Words explained
        [team] The treatment team
        [link] Help lines and further reading
        [fact] Questions about your situation
        [derived] What follows from answers
       *[guide] About this guide
    }


## readability

# `$grade`: the highest grade that a sentence may have.
readability-too-hard = Above grade { $grade }, and no word in them is explained: write shorter sentences and plainer words, or explain a word in glossary.toml.
# The heads of a table: grades, and how many sentences have them. Columns are 8 wide.
readability-grade = grade
readability-sentences = sentences
readability-to = to { $most }
readability-between = { $least } to { $most }
readability-above = above { $least }
# `$average`: the average grade; `$allowed`: the highest average; `$hard`: how many sentences are too hard; `$explained`: how many are above the grade
# `$hardest`, but with a word that is explained.
readability-summary = { $sentences } sentences, Flesch-Kincaid grade { $average } on average (at most { $allowed }); { $hard } too hard; { $explained } more above { $hardest } with a word that the page explains.
readability-names = Names of treatments, brands and types count as one short word each; fragments of fewer than four words are left out.


## provenance

# The foot of every output and page. $hash: the beginning of the guide's content hash. $program: the version of the program.
provenance-dated = { $guide }, version { $version }, revised { $date }. Content hash { $hash }. Program: sarcoguide { $program }.
provenance-undated = { $guide }, version { $version }, without a revision date. Content hash { $hash }. Program: sarcoguide { $program }.
provenance-other = This guide isn't the one that comes with sarcoguide. The people who make sarcoguide haven't checked it.


## changes

# A saved case is opened with another guide than the one that answered it.
changes-heading = What changed since this case was saved
# $date: when the guide was last changed; $hash: the beginning of its content hash.
changes-intro-dated = This case was saved with another version of the guide, revised { $date } (content hash { $hash }).
changes-intro-undated = This case was saved with another version of the guide (content hash { $hash }).
# A list of answers follows.
changes-unplaced = This guide can't read these answers. Nothing below takes them into account:
# $question and $answer: as the file has them, a name such as `near power line` and what it says; $why: why the guide can't read it.
changes-not-read = <strong>{ $question }: { $answer }</strong> ({ $why })
changes-no-verdict = For the answers it can read, every treatment has the same verdict as before.
# A list of changes-verdict follows.
changes-verdicts = The answer for these treatments has changed:
# Above the same list, which is folded. $count: the number of treatments in it.
changes-show-verdicts = Show the treatments whose answer changed ({ $count })
# $before and $now: the verdicts; $now is `none` where the guide has no such treatment.
changes-verdict =
    <strong>{ $treatment }</strong>: before, { $before ->
        [indicated] its conditions were met
        [possible] it depended on open answers
        [contraindicated] it was advised against
        [unavailable] it was no longer available
       *[not_indicated] its conditions weren't met, or it wasn't in the guide
    }; { $now ->
        [indicated] now its conditions are met
        [possible] now it depends on open answers
        [contraindicated] now it's advised against
        [unavailable] now it's no longer available
        [none] now the guide doesn't have it
       *[not_indicated] now its conditions aren't met
    }.
# Instead of changes-verdict, where only the standing changed. $before and $now: how the sources rate the treatment in this situation.
changes-standing =
    <strong>{ $treatment }</strong>: before, { $before ->
        [recommended] it was recommended or usual
        [option] it was one option
        [not_proven] its benefit wasn't proven
       *[trial_only] it was available only in clinical trials
    }; { $now ->
        [recommended] now it's recommended or usual
        [option] now it's one option
        [not_proven] now its benefit isn't proven
       *[trial_only] now it's available only in clinical trials
    }.
# After changes-verdict, if the standing changed as well.
changes-standing-too =
    Before, { $before ->
        [recommended] it was recommended or usual
        [option] it was one option
        [not_proven] its benefit wasn't proven
       *[trial_only] it was available only in clinical trials
    }; { $now ->
        [recommended] now it's recommended or usual
        [option] now it's one option
        [not_proven] now its benefit isn't proven
       *[trial_only] now it's available only in clinical trials
    }.
# After changes-verdict or changes-standing, as are the next five. $facts: facts with their values, or the names of those that decide.
changes-rules-reason = The guide's rules changed. What decides now: { $facts }.
changes-rules-open = The guide's rules changed. What would decide: { $facts }.
changes-rules = The guide's rules changed.
changes-answers-not-read = This may be because the guide can't read some of your answers, or because its rules changed.
changes-answers-not-read-open = This may be because the guide can't read some of your answers, or because its rules changed. What would decide: { $facts }.
changes-treatment-gone = It was removed or renamed.
# After a list of changes, if more changed than the list shows.
changes-more =
    { $count ->
        [one] The answer for one more treatment has changed. `sarcoguide advise` lists it for the same file.
       *[other] The answer for { $count } more treatments has changed. `sarcoguide advise` lists them for the same file.
    }
changes-edited = If someone edited the answers in the file after it was saved, that can also be the cause of a difference.


## calendar

# The day from which a calendar counts, if the guide names none.
calendar-first-day = the first day of treatment
calendar-event = { $treatment }: { $part }
calendar-begins = { $part }: begins
# What a part is. $when: when it starts, how long it lasts, and how often.
calendar-described = { $name }: { $text }
calendar-described-when = { $name } ({ $when }): { $text }
calendar-for-whom = { $text } For whom: { $condition }.
calendar-waits = { $text } It can be shown once { $day } is known.
# How exact the dates of an event are, in its title and in a sentence.
calendar-title =
    { $precision ->
        [about] { $title } (about these dates)
        [within] { $title } (at some time in these days)
        [at_least] { $title } (may last longer)
       *[at_most] { $title } (may end sooner)
    }
calendar-precision =
    { $precision ->
        [about] The dates are approximate.
        [within] It happens at some time in these days, and may not take all of them.
        [at_least] It may last longer than is shown.
       *[at_most] It may end sooner than is shown.
    }
calendar-shown-weeks = The guide doesn't say how long this goes on. The calendar shows { $weeks } weeks.
calendar-no-end = The guide does not say on which day it ends.
# $day: the name of a day that only the team knows, such as "the last day of radiation".
calendar-until = It goes on until { $day }.
# $day: a date, such as 2026-11-30.
calendar-goes-on = It continues until { $day }.
calendar-dates-by-team = Your team sets the dates. If theirs differ, follow theirs.
calendar-without-dates = The guide gives no exact dates for these parts, so they are not in this calendar:
calendar-given = How it is given:
# A calendar program that reads a newer file moves what it knows. Some add to it instead, and none takes away what the newer file lacks.
calendar-moved = If these days change, make a new calendar file and open it in the same calendar: this moves these events. Delete by hand any that remain on the old days.


## ask

# The keys u, ?, b and q are the same in every language.
ask-help =
    Answer with the number or the words of an answer, or with a number and its unit.
      Enter or u   I don't know (the question is left open)
      ?            why this is asked, and where to find the answer
      b            back to the question before
      q            finish now, with the answer for what is known so far
# What people type instead of a key, separated by semicolons. Case and punctuation don't matter. An answer with the same name comes first.
ask-words-unknown = unknown; not known; I don't know; I do not know; don't know; do not know; dunno; not sure; I'm not sure; unsure; no idea
ask-words-why = help; why
ask-words-back = back; go back
ask-words-finish = quit; exit; finish; stop
# $open: how many treatments are not decided yet.
ask-question =
    { $open ->
        [one] Question { $number } (1 treatment still open)
       *[other] Question { $number } ({ $open } treatments still open)
    }
# Why a question is asked, where the guide doesn't say.
ask-why = The guide's conditions depend on it.
# $why: a sentence, from the guide or ask-why; $place: sentences.
ask-why-and-where = { $why } Where to find it: { $place }
ask-first-question = This is the first question.
# $why: command-contradiction.
ask-contradiction = That doesn't fit: { $why }. Your answer wasn't kept.
ask-doubt = If you made a slip, type b to go back to this question.
ask-no-more-questions = There are no more questions. Enter shows what is for everyone; b goes back to the last question.
# What can be answered, under a question.
ask-number = a number from { $min } to { $max }, in { $unit }, for example { $example }; or what you know of it, for example "over { $example }"
# A number that can be answered, with digits only. In a unit that isn't here, the example is 12.
ask-number-example =
    { $unit ->
        [years] 54
        [cm] 5.2
       *[other] 12
    }
ask-name = type its name, for instance as in the report; the beginning of a word is enough
# Replies to an answer that isn't understood.
ask-no-such-answer = Type a number from 1 to { $last }, the name of an answer, or Enter if you don't know.
ask-no-such-name = No answer has this name. Type a name as in the report, or at least three letters of a word in it, or Enter if you don't know.
ask-no-such-number = Type a number from { $min } to { $max }, in { $unit }, for example { $example }, or Enter if you don't know.
ask-known-otherwise = That doesn't fit an earlier answer.
# Above a numbered list of the answers that fit what was typed.
ask-which = Which one do you mean?
ask-too-many = { $count } answers fit that. Type more of the name, or Enter if you don't know.
# What was understood. $answer: a fact and its value.
ask-accepted = Your answer: { $answer }.
ask-left-open = Left open, because you don't know.
ask-is-back = Back to the previous question.
ask-save = Save the case? Type the name of a file to write, or Enter to save nothing.
ask-save-letter = One letter can be a slip. For a file with this name, type ./{ $letter }.
ask-saved = Saved to { $file }.
# $why: what the command says of a file that it can't write, without a full stop.
ask-not-saved = The case was not saved. { $why }.

## ask list

# What people type if nothing is on their list, separated by semicolons.
ask-words-none = none; no; nothing; none of them; none of these; I haven't had any; I haven't had any of these
ask-list-first = Type a name, "none" if you haven't had any, or Enter if you don't know. ? lists the names.
ask-list-more = Type another name, or Enter when that's all. b takes back the last one.
ask-list-names = You can type: { $names }.
ask-list-no-such-name = We didn't find this name. Check the spelling, or type ? to see all names. Some of them stand for anything that isn't named.
ask-list-removed = Taken back: { $name }.
ask-list-yes = yes
ask-list-no = no
ask-list-why-complete = If that's everything, we know that you haven't had any of the others. If not, we leave them open.

## command line

# $facts: the facts of a case as `name` (what was said); $reason: the guide's own words.
command-contradiction = these facts contradict one another: { $facts }; { $reason }
# Instead of command-contradiction, if the case was saved with another guide. $contradiction: command-contradiction; $saved: changes-intro-dated.
command-contradiction-changed = { $contradiction } { $saved } That version may have allowed these facts together. Correct one of them in the file.
# $id: the name of a treatment in files.
command-no-parts = the guide does not say of `{ $id }` in which parts it is given
# Under the results of a search.
command-more-results = Showing { $shown } of { $found }. --most { $found } shows them all.
command-nothing-found = Nothing in the guide answers `{ $words }`.
command-withdrawn = `{ $id }` is no longer available; `sarcoguide show treatment { $id }` says why
# $days: the names of the days that a calendar counts from, from the guide.
command-too-many-days =
    { $count ->
        [one] `{ $id }` counts from no more than 1 day: { $days }
       *[other] `{ $id }` counts from no more than { $count } days: { $days }
    }
# $day and $first: names of days, from the guide.
command-day-before = { $day } can't be before { $first }
command-year-before-1 = a calendar holds no day before the year 1
serve-address = The guide is at { $address } (Ctrl+C ends it).
serve-public-address = People open it at { $address }.
serve-say-encrypted = That is encrypted: pass --encrypted too, so that what people enter never travels otherwise.
serve-only-proxy =
    Other machines can reach this address without encryption. Let only the proxy that encrypts reach it: block it for all others, or
    listen at 127.0.0.1 if the proxy runs on this machine.
serve-unencrypted =
    Other machines can reach this address without encryption: anyone on the way can read what people enter. Put a proxy that encrypts in
    front of it and pass --encrypted, or listen at 127.0.0.1.
serve-key-readable = Others on this machine can read the key in { $file }, and with it what is in cookies. `chmod 600` keeps it.


## server frame

frame-start = Start
frame-my-options = My options
    .for-someone-else = Their options
# A link to the check of symptoms, at the top of every page.
frame-symptoms = Feeling ill?
# A link to the comparison of treatments.
frame-compare = Compare
# A link to a sheet to take to a visit.
frame-visit = For my visit
frame-menu = Menu
frame-treatments = All treatments
frame-words = Words explained
# Buttons in the menu that switch between the team view and the view for a person.
frame-menu-team = View for the care team
frame-menu-person = View in plain words
frame-read-guide = Read the guide
frame-my-answers = My answers
    .for-someone-else = Your answers about them
frame-save-answers = Save my answers
    .for-someone-else = Save the answers
frame-forget-answers = Forget my answers
    .for-someone-else = Forget the answers
# A link behind an answer, followed by the name of what was answered, which only screen readers read.
frame-change = Change
# The name of the links at the top, for screen readers.
frame-site = Site
frame-skip = Skip to content
frame-search-label = Search the guide
frame-search = Search
# What the browser shows above a page: $title is what the page is about, $guide the name of the guide.
frame-title = { $title } - { $guide }
frame-team = For the team: with codes, rules and evidence. To go back to plain words, use the menu.
# Above every page, for a person who asks for someone else.
frame-for-someone = You're asking for someone else. On these pages, "you" means that person.
frame-for-myself = I'm asking for myself
frame-lost = Your earlier answers can no longer be opened. They are more than a day old, or the server was restarted. This page doesn't take them into account.
# $start-page: a link, frame-lost-start-page.
frame-lost-saved = If you saved them, open the file on the { $start-page }. If not, start anew.
frame-lost-start-page = start page
frame-start-anew = Start anew
# $button: frame-view-person or frame-view-team.
frame-view = For the team: { $button }
frame-view-person = Show it in plain words
frame-view-team = Show codes, rules and evidence
frame-report = Found a mistake? Write to the people who run this site. Say which page and which sentence, and leave out anything about your health.
# $who: a link to those whom the guide names for this.
frame-report-to = Found a mistake? Write to { $who }. Say which page and which sentence, and leave out anything about your health.
# The guide is another one than the one that was answered, and nothing of the answers is lost.
frame-changed = This guide was updated after you answered. Your answers are all still here. Your options may have changed.
frame-changed-read = I have read this
# A list of answers follows.
frame-changed-unplaced = This guide was updated after you answered. It can no longer read these answers. This page doesn't take them into account:
# $my-answers: a link, frame-my-answers.
frame-changed-next = Answer the questions again under { $my-answers }, or go on without these answers.
frame-changed-go-on = Go on without them
frame-sources = Sources
frame-help-lines = Help lines
frame-about = About this guide
# The name of the links at the bottom, for screen readers.
frame-about-links = About this guide
# Behind a term that is explained on the page.
frame-back-to-text = Back to the text
# $term: a term that is explained.
frame-sources-of = Sources: { $term }


## guide change

# An answer that the guide can no longer read. $question and $answer: as in changes-not-read.
guide-change-answer = { $question }: { $answer }
# A treatment that was chosen to compare.
guide-change-compared = to compare: { $treatment }
# A part of the plan. $time: when in the course of treatment.
guide-change-planned = in your plan: { $treatment } ({ $time })


## start

# The button that starts the questions, and the one that goes on with them.
start-ask = Start now
start-go-on = Go on with the questions
# Three stops of a path, each with a few words below it.
start-way-answer = Answer
start-way-answer-what = a few questions
start-way-see = See
start-way-see-what = your options
    .for-someone-else = their options
start-way-ask = Ask
start-way-ask-what = your team
    .for-someone-else = their team
start-soon = You see a first answer after two questions.
start-skip = You can skip any question. “I don't know” is a fine answer.
start-private = You don't need an account, and we keep nothing you enter.
start-ill = Feeling ill?
start-ill-check = Check a symptom, and see whether to call now
start-search = Want to look something up?
start-look = My answers
    .for-someone-else = Your answers about them
start-team = I'm on a care team
start-team-what = The view for the care team adds codes, rules and evidence.
start-notice = What this guide is, and what it isn't
start-answers-heading = Where your answers are kept
start-answers = What you answer stays in this browser, sealed so that only this server can read it. Nothing of it is kept on the server. The button "Forget my answers" takes it away at once. So does closing the browser, unless it is set to open its last pages again. A day after your last answer it can no longer be opened.
start-open-heading = I have a saved file
start-open-label = A case file that you saved before
start-open = Open
start-open-kept = Opens your answers and what matters to you. A name or a story that someone wrote into the file isn't kept when you save it again.
# A button: the person asks for someone close to them, who has the disease.
start-for-someone = I'm asking for someone else
# A link to the page where answers go from one device to another.
start-link = Open a link from another device


## situation

# The title of a page of questions. $question: its first question.
situation-title = { $question } My situation
situation-title-again = Please look at this again: { $question } My situation
# Above a question. $step and $steps: numbers.
situation-step = Step { $step } of { $steps }
# At the start of each step but the first, before a link, situation-options-so-far.
situation-offer = You can look at an answer now, or go on. Each answer makes it fit you better.
# What opens a hint below a question.
situation-hint = Where can I find this?
situation-hint-why = Why do we ask?
situation-why = Why we ask: { $why }
situation-where = Where to find it: { $place }
situation-unknown = I don't know
# The answer that leaves a question open, on a page where no question needs an answer.
situation-leave-open = Leave this open
situation-choose = Choose the one that the report names
# $unit: `cm`, `years` and the like.
situation-range = A number from { $min } to { $max }, in { $unit }
# Below the range. $unit: `cm`, `years` and the like.
situation-inexact =
    { $unit ->
        [cm] If you don't know the exact number, write what you know, for example "over 5" or "5 to 6".
        [years] If you don't know the exact number, write what you know, for example "over 60" or "50 to 60".
       *[other] If you don't know the exact number, write what you know, for example "over 10" or "10 to 20".
    }
# $unit: says itself per what it is, as `per 10 fields`.
situation-range-per = A number from { $min } to { $max }, { $unit }
# $names: other names of the same, with commas.
situation-also = also: { $names }
# The name of a text field, above a list of answers.
situation-typed = Type the word from your report
situation-or-choose = Or choose one:
# A folded group of answers. $count: how many there are.
situation-group = { $name } ({ $count })
# The name of a group of answers, by their first letters.
situation-others = Others, { $first } to { $last }
situation-not-covered = Not covered by this guide
# $words: what the person typed. $count: how many answers are suggested below.
situation-typed-unknown =
    { $count ->
        [0] We don't know “{ $words }”. Check the spelling, or choose from the list below.
        [one] We don't know “{ $words }”. Did you mean this?
       *[other] We don't know “{ $words }”. Did you mean one of these?
    }
# Someone typed one answer and chose another.
situation-choose-one = You typed one answer and chose another. Which one is right?
# The heading of a list of answers that can't be read.
situation-refused = Please look at this again
# The title of a page of questions that the guide puts together. $title: its own title.
situation-page-again = Please look at this again: { $title }
situation-keep-one = Please keep one of the two: what you wrote, or "I don't know"
situation-next = Continue
situation-back = Back
situation-back-to-answers = Back to my answers
situation-options-so-far = See what this says so far
# Where the guide does not cover the case.
situation-ended = There are no more questions. Some care is for everyone.
situation-care = Care for everyone
# $fact: the name of what was asked.
situation-change = Change: { $fact }
situation-all-title = That is all: my situation
situation-all-heading = That is all
situation-all = You have been asked everything that would change the answer. What you don't know stays open, and your options say what it would settle.
situation-enough-title = That is enough for now: my situation
situation-enough-heading = That is enough for now
# The counts are those of situation-so-far.
situation-enough =
    { $more ->
        [one] { $known } known, { $unknown } you don't know. { $more } other question could still matter, but it waits until more is known. Your options already say what fits, what is open, and what would settle it.
       *[other] { $known } known, { $unknown } you don't know. { $more } other questions could still matter, but they wait until more is known. Your options already say what fits, what is open, and what would settle it.
    }
situation-answers-and-questions = My answers and all questions
situation-awaited-heading = What would help to know
situation-awaited = Look in your papers, ask your team, or think it over. Then come back and answer here.
situation-cautions-heading = What your team should know too
situation-cautions = These answers do not change which treatments fit. They change what to take care of.


## doubt

# The question about answers that may not be right, and the last of the ways to answer it.
doubt-which = Which of these fits?
# $stated: a fact and its value, as the person gave it.
doubt-change = “{ $stated }” is wrong: I'll change it
doubt-keep = Keep what I wrote
doubt-choose = Please choose one of these.

## list page

list-page-title-search = Search results: { $question }
list-page-chosen = On your list
list-page-remove = Remove
list-page-said-none = You said that you haven't had any { $items }.
list-page-search = Search the { $items }
list-page-search-hint = Type a name, or the start of one. Brand names work too. You add one at a time.
list-page-search-empty = Type a name first.
list-page-found =
    { $count ->
        [one] One match for “{ $words }”. Choose it to add it.
       *[other] { $count } matches for “{ $words }”. Choose one to add it.
    }
list-page-nearest = We didn't find “{ $words }”. Did you mean this?
list-page-not-found = We didn't find “{ $words }”. Check the spelling, or choose one of these if it fits:
# Read aloud before the name of what a button adds.
list-page-add = Add
list-page-groups = Or choose from a group
list-page-group = { $name } ({ $count })
list-page-others = Others
list-page-nothing = Nothing to add?
# $items: what the list consists of, as a plural.
list-page-none = I haven't had any { $items }
list-page-complete = Yes, that's everything
list-page-incomplete = If you don't tick this, we leave open whether you've had others.
list-page-choose = Choose how it went. If you don't know, choose the last answer.
list-page-save = Save
list-page-cancel = Cancel
# Leads from the results of a search back to the list.
list-page-back = Back to the list


## review

review-none = Nothing is answered yet.
# The counts are those of situation-so-far.
review-so-far = { $known } known, { $unknown } you don't know, { $more } could still matter.
# $which: a link, review-contradiction-which.
review-contradiction = Two answers do not go together. { $which }
review-contradiction-which = Which they are
review-answer = Answer
review-matters = could change your options
review-go-on = Go on
# Headings of folded lists. $count: how many questions the list has.
review-unknown = What you don't know ({ $count })
review-unasked = Not asked so far ({ $count })
review-others-not-known = we don't know

## options page

options-page-preferences = What matters to me
options-page-plan = One after the other
options-page-summary = Summary as PDF
options-page-markdown = All as Markdown
options-page-json = All as JSON
options-page-back = Back to my options
options-page-compare = Compare
options-page-visit = Print for my visit
options-page-change = Change my answers
options-page-more = More pages and files
options-page-compare-button = Compare them side by side
options-page-compare-others = Compare others
options-page-compare-choose = Choose two or three treatments.
# The bar on a page with treatments to tick. The number of ticks follows "Compare" on its button.
compare-bar-how = Tick two or three treatments.
compare-one-ticked = You ticked one treatment: { $treatment }. Tick one or two more to compare it with.
# $most: how many fit on a page. $count: how many are ticked. $treatments: those that aren't shown.
compare-left-out = You ticked { $count } treatments. A page shows { $most } of them: the first ones in the order of our guide. Not shown: { $treatments }. All your ticks are kept below.
# $count: how many are ticked, more than can be kept.
compare-too-many = Choose two or three treatments. You ticked { $count }, which is more than we can keep.
compare-add = Add a column for less treatment, or none:
options-page-compare-again = Please look at this again: compare
options-page-calendar = Calendar
# $day: the day from which a schedule is counted, as `the first day of radiation`.
options-page-calendar-how = Once your team has told you { $day }, the schedule can be saved for your calendar. Go by the dates that your team gives you.
# $day: a day that a schedule names, as `The last day of radiation`.
options-page-calendar-optional = { $day }, if you know it
options-page-calendar-button = Save as a calendar file


## plan page

plan-page-heading = One after the other
plan-page-how = Choose the steps that your team has talked about. You then see them in order of time, with what each is like.
plan-page-button = Show them one after the other
plan-page-others = Choose other steps
# $most: how many steps a plan may have. $count: how many were chosen, none or too many.
plan-page-count = Choose one to { $most } steps. You chose { $count }.
plan-page-again = Please look at this again: one after the other


## preferences page

preferences-page-heading = What matters to me
# $answer: a question's name and what was answered.
preferences-page-said = You have said: { $answer }
preferences-page-button = See where my options differ
preferences-page-compare = Compare treatments side by side
preferences-page-change = Change what matters to me


## triage page

triage-page-heading = Feeling ill?
triage-page-groups = What is it about? Choose one or more.
triage-page-choose = Choose at least one. If nothing fits, choose the last one.
triage-page-next = Next
triage-page-words = Or describe it in your own words
# `$call`: whom to call in an emergency, for instance "Call your emergency number now (911 in the US)".
triage-page-emergency = Does it feel like an emergency? Don’t answer questions. { $call }.
triage-page-treatments = What treatment are you having, or did you have?
triage-page-treatments-help = Some signs are more urgent on some treatments. If you’re not sure, leave it as it is.
triage-page-treatment = Treatment { $number }
triage-page-treatment-unsure = I’m not sure
triage-page-no-treatment = No treatment so far
triage-page-no-other = No other
# `$group`: what the questions are about; `$count`: how many questions may still come.
triage-page-left = { $group }. { $count ->
    [one] This is the last question.
   *[other] At most { $count } more questions.
}
triage-page-yes = Yes
triage-page-no = No
triage-page-not-sure = Not sure
triage-page-again = Start again
triage-page-outcome = What to do
triage-page-answers = Your answers


## symptom page

symptom-page-heading = I have a symptom
symptom-page-label = What do you notice? A few words are enough.
symptom-page-treatment = Which treatment are you on, or did you have?
symptom-page-treatment-unsure = I’m not sure, or more than one
# A group in the list of treatments: those that fit the person's answers.
symptom-page-treatment-fits = For my answers
symptom-page-effect-fold = Or choose a side effect by its name
symptom-page-effect = Side effect
symptom-page-effect-none = None chosen
symptom-page-button = What should I do?
symptom-page-empty = Write in a few words what you notice, or choose a side effect by its name.
# $most: a number of characters.
symptom-page-long = This is too long: at most { $most } characters fit. Write in a few words what bothers you most.
symptom-page-again = Please look at this again: symptoms
symptom-page-answer = What to do
symptom-page-written = You wrote: { $words }
# $effect: the name of a side effect.
symptom-page-chosen = You chose: { $effect }
symptom-page-ask-again = Ask again


## sheet page

sheet-page-title = For my visit
sheet-page-lead = Change these questions or add your own. Then print this page, or save it as a PDF.
sheet-page-pdf = Save as PDF
sheet-page-save = Save my questions
sheet-page-question = Question { $number }
sheet-page-tick = Tick question { $number }
sheet-page-own = Add your own question
sheet-page-remove = Remove
sheet-page-propose = Start over with the proposed questions
sheet-page-more = You could also ask
sheet-page-add = Add
sheet-page-calls = Who to call
sheet-page-files = More to take with you
sheet-page-too-long = Shorten question { $number } to { $characters } characters.
# $count: how many it has now.
sheet-page-too-long-here = This has { $count } characters. Shorten it to { $characters }.
sheet-page-too-many = Keep at most { $count } questions, so that they fit on one page.
sheet-page-no-room = There is no room for all of this with your other answers. Make your questions shorter, or remove some.
sheet-page-lost = Your earlier answers can't be read anymore, so nothing new can be saved. You can still print this page.
sheet-page-not-saved = What you typed is still here, but it isn't saved yet.


## board page

board-page-for-team = This sheet is for the cancer team. It shows survival figures.
board-page-open = Open it as the team sees it
board-page-text = Plain text to copy
board-page-print = To print it, use your browser. Only the sheet is printed, on one page.
board-page-nothing = No facts have been entered yet.
board-page-option = Option
board-page-strength = Strength; when
board-page-evidence = Evidence [trial, n, date of the source]
board-page-check = Check
# $count: the number of further figures.
board-page-more-figures = { $count } more
# $names: the first names. $count: how many more there are.
board-page-more = { $names }; and { $count } more
board-page-decision = Decision
board-page-details = The options in full
board-page-techniques = Ways to give it: { $names }
board-page-all-open = All open facts
board-page-rules = Rules, codes and how the stage was worked out


## downloads

# Instead of a file, where earlier answers were lost.
download-nothing = There is nothing to download yet
download-nothing-why = It would leave out your earlier answers.
# Since the guide has changed; the answers or the changes are listed above, as for the next one.
download-unplaced-why = It would leave out the answers that this guide can no longer read. Look at them above first.
download-changed-why = It would leave out what changed since your case was saved. Read the list above first.
download-no-json = The answer could not be written as JSON.
download-no-pdf = The summary could not be made as a PDF. You can get it as Markdown.
download-calendar = { $treatment }: calendar
download-calendar-again = Please look at this again: calendar
download-calendar-back = Back to { $treatment }
download-calendar-withdrawn = This treatment is no longer available, so it has no schedule.
# $day: a day that a schedule names, as `the last day of radiation`.
download-calendar-far = This day lies too far away. Write { $day }, as 2026-12-01.
# $day and $start: days that a schedule names; $day begins with a capital.
download-calendar-early = { $day } can't be before { $start }.
download-calendar-no-day = This is not a day. Write { $day } as year, month and day: 2026-12-01.
# The schedule goes on for so long that no calendar has its end.
download-calendar-schedule-far = This day lies too far away.
download-calendar-empty = Write a day as 2026-12-01.
download-not-opened = This file was not opened
download-choose = Choose a file to open.
download-too-large = This file is larger than a case can be.
download-not-taken = This file cannot be taken as a case.
# $error: what is wrong and where, without a stop at the end.
download-no-case = This isn't a file of answers that this guide can open, or it is damaged. Choose one that you saved with "Save my answers". What is wrong: { $error }.


## carry

# The title of the page where answers go from one device to another.
carry-title = Continue on another device
carry-send = Send my answers from this device
    .for-someone-else = Send the answers from this device
carry-send-how = We make a link and a code that hold your answers, encrypted. You open the link on the other device, or point its camera at the code. We keep nothing on our server.
# What the person must know about the link, before and after it's made. The first sentence is in bold.
carry-bearer = Anyone who has this link can read your answers.
    .for-someone-else = Anyone who has this link can read the answers about the person you're asking for.
carry-day = The link works for 24 hours.
carry-make = Make a link and a code
carry-nothing = You haven't answered anything on this device yet, so there's nothing to send.
carry-get = Open my answers on this device
    .for-someone-else = Open the answers on this device
# The script of the page has put the link into the field.
carry-arrived = Your link is in the box below. Nothing is open yet.
carry-paste = Your link
carry-hint = Paste the whole link, or only the part after the # sign. If you followed a link and the box is empty, copy the whole address from the top of your browser.
carry-trust = Open a link only if you made it, or if someone you trust gave it to you.
carry-replaces = This device already has answers. The link replaces them.
carry-save-first = Save them to a file first
carry-open = Open my answers
    .for-someone-else = Open the answers
carry-keep = Keep the answers on this device
# The link is in order, but this device got answers after the page was shown.
carry-must-confirm = This device already has answers. Nothing is replaced yet. Choose below.
carry-unchanged = The answers on this device haven't changed.
carry-error-empty = Paste the link that you made on the other device.
carry-error-too-long = This is longer than one of our links. Paste only the link.
carry-error-not-a-link = This isn't a whole link. Copy all of it, with everything after the # sign.
carry-error-other-site = This link was made on another website. Open it there.
carry-error-not-opened = We can't open this link. A part may be missing, or this website was restarted after the link was made. Make a new link on the other device.
carry-error-expired = This link is more than 24 hours old. Make a new link on the other device.
carry-error-guide-changed = This guide was updated after the link was made. Make a new link on the other device.
# The title of the page with the link.
carry-ready = Your link is ready
carry-bearer-why = Treat it like a key. Keep it to yourself, or give it only to someone you trust. If you send it by email or text, that service may keep a copy.
carry-code = Use the code
carry-code-how = Point the camera of your other device at it.
# For people who can't see the code.
carry-code-label = QR code with your link
carry-copy = Copy the link
carry-copy-how = Select all of the text, copy it, and open it in the browser of your other device.
# A link that opens the person's answers. On a phone, a long press copies or shares it.
carry-link = Link to my answers (press and hold to copy or share it)
    .for-someone-else = Link to the answers (press and hold to copy or share it)
carry-rules = Good to know
carry-rule-day = The link works for 24 hours, as often as anyone opens it.
carry-rule-restart = It works only on this website. If this website is restarted, the link may expire sooner.
carry-rule-no-recall = You can't take it back. "Forget my answers" doesn't stop it.
carry-rule-copy = It holds your answers as they are now, what matters to you, and the treatments you chose to compare or plan. If you change an answer, make a new link.
carry-or-file = Do you need your answers for longer than a day? Save a file instead:
carry-too-much = This is too much for a link
carry-too-much-why = Your answers and plan don't fit into a link. Save your answers to a file instead, and open the file on the other device.


## reading

# Parts of the guide to read.
reading-treatments = Treatments
reading-effects = Side effects
reading-types = Types of tumors
reading-stages = Stages and how they are reached
reading-team = The treatment team
reading-glossary = Words explained
reading-links = Help lines and further reading
reading-sources = Sources and how old they are
reading-about = About this guide: who made it, and what was not done
# Behind the name of a treatment.
reading-withdrawn = no longer available
# $words: what was searched for.
reading-found = Search: { $words }
# Nothing was searched for.
reading-search-empty = Type what you're looking for in the field above.
reading-found-nothing = Nothing in the guide answers these words. Try fewer words, or one word only.


## problems

problem-title = This did not work
# Headings by the status of HTTP.
problem-heading =
    { $status ->
        [400] Bad Request
        [403] Forbidden
        [404] Not Found
        [405] Method Not Allowed
        [408] Request Timeout
        [409] Conflict
        [413] Payload Too Large
        [415] Unsupported Media Type
        [422] Unprocessable Entity
        [500] Internal Server Error
        [503] Service Unavailable
       *[other] Error
    }
problem-form = This form cannot be read.
problem-no-address = There is no page at this address.
problem-no-method = This page cannot be used so.
problem-no-page = The guide has no such page.
problem-form-asks = This form asks more than a page does.
problem-other-site = This form was sent from another site, so it was not taken. If you opened this site in the usual way, tell the people who run it: behind a proxy, start it with --public-address and the address that you opened, such as --public-address https://guide.example.org.
# More is asked of the server than it can do at once.
problem-busy = Many people use this site at this moment. Wait a little, then try again.
problem-no-host = A request must name its host, once.
problem-no-random = The system gave no random bytes to seal the case with.
problem-too-much = Your answers are more than a browser keeps. What you sent last was not kept.
problem-not-kept = What you sent was not kept
problem-not-kept-why = It goes with your earlier answers, and alone it could lead to other advice.
# The browser sent no cookie back.
problem-no-cookie = Your browser did not keep your answers
problem-no-cookie-encrypted = Look at the address first: it must begin with https://. With http:// no browser keeps your answers here.
problem-no-cookie-why = Your answers stay in this browser, in a cookie. Your browser is set to keep none from this site, so what you sent is gone.
problem-no-cookie-allow = Allow cookies for this site in the settings of your browser. Then go back and send it again.
# $read and $check: links, problem-no-cookie-read and problem-no-cookie-check.
problem-no-cookie-still = Without a cookie you can still { $read } and { $check }.
problem-no-cookie-read = read the guide
problem-no-cookie-check = check a symptom
problem-contradiction = Two answers do not go together
problem-contradiction-which = Which of them should change?


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
# Where something is wrong in the file of a case. Begins in lower case, as what follows does; names and values stand in backticks.
case-at = { $place }: { $message }
case-line = line { $line }
case-line-column = line { $line }, column { $column }
# `$help`: what to do.
case-help = { $message }; { $help }
case-too-large = the case is larger than 64 kB
case-too-large-help = a case states a few dozen facts; is this the right file?
case-not-utf8 = this is not UTF-8 text
case-not-utf8-help = save the file as UTF-8
case-empty = the case is empty
case-empty-help = write at least {"{"}"facts": {"{"}{"}"}{"}"}
# `$why`: in English, by the library that reads the format.
case-not-json = this is not JSON: { $why }
case-not-toml = this is not TOML: { $why }
case-name-escape = a name contains an escape sequence that isn't a character
case-text-escape = this text contains an escape sequence that isn't a character
case-no-case = this is not a case
case-not-text = `{ $part }` must be text
case-not-text-help = write it in quotes
case-like = a case looks like {"{"}"facts": {"{"}"age": 54{"}"}{"}"}
case-no-facts = the case has no `facts`
case-no-facts-help = write [facts] and the facts under it
case-unknown-part = a case can't have a part `{ $part }`
case-facts-table = write the facts under [facts]
case-part-twice = `{ $part }` appears twice
case-keep-one = keep one of the two
case-not-an-object = `{ $part }` is not an object
case-not-a-table = `{ $part }` is not a table
case-write-table = write [{ $part }] on the line above its entries
case-stated-twice = `{ $name }` is stated twice
case-no-preferences = this guide doesn't ask what matters to you
case-no-preferences-help = leave `what_matters` out
case-unknown-preference = the guide does not ask how much `{ $name }` matters
case-list-preferences = `sarcoguide schema case` lists the preferences that it asks about
case-no-weight = this isn't a valid answer to how much `{ $name }` matters
case-write-weight = write one of { $weights }
case-wrong-question = this isn't a question as sarcoguide saves it, or there are too many
case-wrong-question-help = write a list of at most { $count } entries, each with `text` (one line of up to { $characters } characters) and `ticked` (true or false)
case-wrong-answered = this isn't what sarcoguide writes when it saves a case
case-wrong-answered-help = remove `answered` to continue without it; changed verdicts are then not reported
case-unknown-fact = the guide has no fact `{ $name }`
case-list-facts = `sarcoguide schema case` lists the facts
# $facts: the names of facts in backticks.
case-derived-fact = `{ $name }` is derived from other facts, so a case can't state it
case-derived-fact-help = state { $facts }
# $name: the fact that holds what a report says.
case-derived-fact-reported = if a report gives it, state `{ $name }`; or state { $facts }
# The nearest right name.
case-meant = did you mean `{ $name }`?
# $names: several values that can be meant, each in backticks, with commas.
case-meant-several = this can mean { $names }; write one of them
# `$fact`: a fact's name in backticks, or `case-this` where the question stands above the answer.
case-this = this
# `$found`: `case-kind`.
case-wants-number = { $fact } must be a number in { $unit }, not { $found }
case-wants-text = { $fact } must be one of its values, as text, not { $found }
case-kind =
    { $kind ->
        [boolean] true or false
        [number] a number
        [date] a date
        [list] a list
        [object] an object
       *[table] a table
    }
case-no-value = { $fact } has no value `{ $value }`
case-no-number = `{ $number }` isn't a valid number for { $fact }
# Instead of `case-no-number`, for an answer that was typed.
case-this-number = please write a number such as 11 or 5.2, or a range such as 14 to 16, from { $min } to { $max }, in { $unit }
case-wrong-unit = { $fact } is measured in { $unit }, and `{ $number }` can't be converted to { $unit }
# A range such as `> 60` or `6-5` in which there is no number.
case-empty-range = { $fact } can't be `{ $number }`, because no possible number is in this range
case-out-of-range = { $fact } can't be { $number } { $unit }
case-write-number = write a number from { $min } to { $max }, in { $unit }
case-write-value = write one of { $values }, or leave it out if you don't know it
case-list-values = `sarcoguide schema case` lists the values
case-decimal-point = write decimals with a point, as in 5.2
# `$choices`: `case-write-number`.
case-decimals = { $choices }; at most three decimals
# In the schema of a case.
case-schema-questions = The person's own list of questions for a visit, in order.
case-schema-answered = What the guide answered when the case was saved. sarcoguide writes it, so that it can say later which verdicts a newer guide changes. Leave it out when you write a case by hand.
case-schema-answered-guide = the content hash of that guide
case-schema-answered-revised = when that guide was last changed
case-schema-answered-verdicts = the verdicts by treatment, without those that were not_indicated
case-schema-answered-standings = the standings by treatment, where there was one
case-schema = Facts of a case. A fact that is left out, null or "unknown" is unknown. No default replaces it.
case-schema-list = Write "complete" if the person confirms that the list is complete. Then every fact of the list “{ $name }” that is left out has the value for what isn't on the list. Otherwise it is unknown.
case-schema-number = in { $unit }
case-schema-synonym = Another way to write one of the values, as reports do.
case-schema-number-text = for example "5 { $unit }"; a limit or a range, for example "> 5 { $unit }" or "5-6 { $unit }"; or "unknown"
case-schema-where-to-find = Where to find it: { $place }
