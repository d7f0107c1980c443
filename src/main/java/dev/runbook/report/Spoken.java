package dev.runbook.report;

import dev.runbook.base.Value;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Written;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Texts whose tags are read aloud by their names, since there are no values. */
final class Spoken {
    private Spoken() {}

    /** The text with {@code <pool_fqdn>} or {@code <its session_id>} in place of each tag; sections lose their marks. */
    static String text(Text text) {
        StringBuilder spoken = new StringBuilder();
        int at = 0;
        for (Tag tag : Tag.in(text)) {
            spoken.append(text.raw(), at, tag.start());
            boolean value = tag.kind() == Tag.Kind.VALUE || tag.kind() == Tag.Kind.REFUSED;
            spoken.append(value ? "<" + name(tag) + ">" : "");
            at = tag.end();
        }
        return spoken.append(text.raw().substring(at)).toString().strip();
    }

    /** The same in one flow: only what begins an item of a list keeps its line. */
    static String flowing(Text text) {
        return text(text).replaceAll("\\s*\\R\\s*(?!- |\\d+\\. )(?=\\S)", " ");
    }

    private static String name(Tag tag) {
        if (tag.path().equals(Tag.ITEM)) {
            return "each";
        }
        boolean each = tag.head().equals(Scope.EACH);
        if (tag.head().equals(Scope.RUN)) {
            return "the run's " + tag.rest().orElse("name");
        }
        return tag.rest()
                .map(part -> each ? "its " + part : part + " of " + tag.head())
                .orElse(tag.head());
    }

    /** A value as written. */
    static String value(Written written) {
        if (written instanceof Written.Literal literal) {
            return isNull(written) ? "nothing" : literal.value().text();
        }
        if (written instanceof Written.Items items) {
            return items.values().isEmpty() ? "nothing" : list(items.values());
        }
        if (written instanceof Written.Fields fields) {
            return fields.values().entrySet().stream()
                    .map(field -> field.getKey() + " " + value(field.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return Texts.of(written).map(Spoken::text).collect(Collectors.joining());
    }

    /** Whether it is null. */
    static boolean isNull(Written written) {
        return written instanceof Written.Literal literal && literal.value() instanceof Value.Nothing;
    }

    /** Values with commas, and {@code or} before the last; of a whole list its name. */
    static String choice(Written values) {
        return values instanceof Written.Items items
                ? joined(items.values().stream().map(Spoken::value).toList(), " or ")
                : "one of " + value(values);
    }

    /** Words with commas, and another word before the last. */
    static String joined(List<String> words, String last) {
        int end = words.size() - 1;
        return end < 1 ? String.join("", words) : String.join(", ", words.subList(0, end)) + last + words.get(end);
    }

    /** {@code 1 hour and 30 minutes}. */
    static String duration(Duration duration) {
        List<String> parts = new ArrayList<>();
        part(duration.toHours(), "hour", parts);
        part(duration.toMinutesPart(), "minute", parts);
        part(duration.toSecondsPart(), "second", parts);
        part(duration.toMillisPart(), "millisecond", parts);
        return parts.isEmpty() ? "no time" : joined(parts, " and ");
    }

    private static void part(long amount, String unit, List<String> parts) {
        if (amount > 0) {
            parts.add(amount + " " + unit + (amount == 1 ? "" : "s"));
        }
    }

    private static String list(List<Written> values) {
        return joined(values.stream().map(Spoken::value).toList(), " and ");
    }
}
