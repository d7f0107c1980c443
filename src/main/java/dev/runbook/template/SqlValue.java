package dev.runbook.template;

import dev.runbook.base.Value;
import dev.runbook.language.Text;
import dev.runbook.tsql.Token;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One value on its way into T-SQL. */
record SqlValue(Text author, Tag tag, Value value) {
    /** The longest number of SQL Server, {@code numeric(38)}, has so many digits. */
    private static final int MOST_DIGITS = 38;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1," + MOST_DIGITS + "}");

    static SqlValue of(Text author, Tag tag, Value value) {
        return new SqlValue(author, tag, value);
    }

    /**
     * The value as it is written inside a token of this kind.
     *
     * @param alone whether the tag is the whole token; counts outside quotes and brackets
     */
    Filled<String> in(Token.Kind kind, boolean alone) {
        return switch (kind) {
            case NATIONAL_STRING -> text("'");
            case STRING -> ascii();
            case BRACKETED -> text("]");
            case QUOTED ->
                mistake(tag + " stands inside double quotes. Write [" + tag + "] for a name, N'" + tag
                        + "' for a text.");
            case LINE_COMMENT, BLOCK_COMMENT -> mistake(tag + " stands inside a comment. Take it out of there.");
            case NUMBER, WORD, VARIABLE, OPERATOR, LOOKALIKE, SPACE ->
                alone
                        ? wholeNumber()
                        : mistake(tag
                                + " is only a part of a word. Outside quotes and brackets a tag is a number and stands by itself. Write N'"
                                + tag + "' for a text, [" + tag + "] for a name.");
        };
    }

    private Filled<String> text(String closing) {
        if (value instanceof Value.Nothing) {
            return problem(Problem.Kind.NO_VALUE, "has no value: null was found. Nothing was sent.");
        }
        if (value instanceof Value.Items || value instanceof Value.Fields) {
            return unfit("is a list or a map. Write a section {{#name}}…{{/name}} that repeats for each.");
        }
        if (value instanceof Value.Secret) {
            return unfit("is a secret, and T-SQL is shown and kept in the journal. Use a procedure with a parameter.");
        }
        boolean control = value.text().chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
        return control
                ? unfit("holds a line end or a control character, which may not stand here.")
                : new Filled.Complete<>(value.text().replace(closing, closing + closing));
    }

    private Filled<String> ascii() {
        boolean ascii = value.text().chars().allMatch(c -> c < 128);
        return ascii || value instanceof Value.Secret
                ? text("'")
                : unfit("holds characters that '…' cannot keep. Write N before the quote: N'" + tag + "'.");
    }

    private Filled<String> wholeNumber() {
        Filled<String> text = text("");
        return text instanceof Filled.Problems<String>
                ? text
                : digits().<Filled<String>>map(Filled.Complete::new)
                        .orElseGet(() -> unfit(
                                "is not a whole number, and only a whole number may stand outside quotes and brackets. "
                                        + "Found: " + shortened(value.text())));
    }

    private Optional<String> digits() {
        if (value instanceof Value.Number number) {
            BigDecimal plain = number.value().stripTrailingZeros();
            boolean whole = plain.scale() <= 0 && (long) plain.precision() - plain.scale() <= MOST_DIGITS;
            return whole ? Optional.of(plain.toPlainString()) : Optional.empty();
        }
        return Optional.of(value)
                .filter(Value.Text.class::isInstance)
                .map(Value::text)
                .filter(text -> WHOLE_NUMBER.matcher(text).matches());
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private Filled<String> unfit(String message) {
        return problem(Problem.Kind.UNFIT, message);
    }

    private Filled<String> problem(Problem.Kind kind, String message) {
        return new Filled.Problems<>(List.of(Problem.of(kind, author, tag, tag + " " + message)));
    }

    private Filled<String> mistake(String message) {
        return new Filled.Problems<>(List.of(Problem.of(Problem.Kind.MISTAKE, author, tag, message)));
    }
}
