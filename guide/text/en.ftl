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


## scope


## treatment


## effects


## compare


## timeline


## plan


## pathway


## words


## lines


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
