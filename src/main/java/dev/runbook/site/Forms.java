package dev.runbook.site;

import dev.runbook.base.DurationText;
import dev.runbook.base.Value;
import dev.runbook.language.Variable;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a value of each simple type looks like. */
final class Forms {
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,38}(\\.\\d{1,38})?");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
    private static final Pattern FQDN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")+");
    /** What Windows refuses in names of files, and what nobody sees. */
    private static final Pattern NOT_IN_PATHS = Pattern.compile("[<>\"|?*\\p{Cntrl}]");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern LAST_SEPARATOR = Pattern.compile("(?<=[^/\\\\:])[/\\\\]+$");

    private Forms() {}

    /** The value of a text; empty when the text is not of the type. */
    static Optional<Value> value(Variable.Type type, String text) {
        return switch (type) {
            case NUMBER ->
                NUMBER.matcher(text).matches() ? Optional.of(new Value.Number(new BigDecimal(text))) : Optional.empty();
            case BOOLEAN ->
                text.equals("true") || text.equals("false")
                        ? Optional.of(Value.of(text.equals("true")))
                        : Optional.empty();
            case FQDN ->
                text.length() <= 253 && FQDN.matcher(text).matches() ? Optional.of(Value.of(text)) : Optional.empty();
            case IDENTIFIER ->
                !text.isBlank()
                                && text.length() <= 128
                                && !CONTROL.matcher(text).find()
                        ? Optional.of(Value.of(text))
                        : Optional.empty();
            case PATH ->
                !text.isBlank() && !NOT_IN_PATHS.matcher(text).find()
                        ? Optional.of(Value.of(LAST_SEPARATOR.matcher(text).replaceFirst("")))
                        : Optional.empty();
            case DURATION -> DurationText.parse(text).map(duration -> Value.of(text));
            case TEXT -> Optional.of(Value.of(text));
            case SECRET, LIST, SQL_SERVER, POWERSHELL ->
                throw new IllegalArgumentException(type + " is not a simple type");
        };
    }

    /** The type in words. */
    static String of(Variable.Type type) {
        return switch (type) {
            case TEXT -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case FQDN -> "a full name in the network, such as pc21.litwareinc.com";
            case IDENTIFIER -> "a name of at most 128 characters";
            case PATH -> "a path without any of < > \" | ? *, such as \\\\fs1\\pchatlogs";
            case DURATION -> DurationText.FORM;
            case SECRET -> "a secret";
            case LIST -> "a list";
            case SQL_SERVER -> "a server";
            case POWERSHELL -> "a module";
        };
    }
}
