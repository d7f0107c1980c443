package dev.runbook.base;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them in runbooks: {@code 500ms}, {@code 90s}, {@code 15m}, {@code 2h}, {@code 1h30m}. */
public final class DurationText {
    /** What a duration looks like, for messages. */
    public static final String FORM = "a duration such as 500ms, 90s, 15m, 2h or 1h30m";

    private static final Pattern WHOLE =
            Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

    private DurationText() {}

    /** The duration of a text; empty when it is none. Units go from large to small, each once, without spaces. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = WHOLE.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofHours(number(matcher, 1))
                .plusMinutes(number(matcher, 2))
                .plusSeconds(number(matcher, 3))
                .plusMillis(number(matcher, 4)));
    }

    /** A duration as somebody would write it: {@code 1h30m}. */
    public static String of(Duration duration) {
        String text = unit(duration.toHours(), "h")
                + unit(duration.toMinutesPart(), "m")
                + unit(duration.toSecondsPart(), "s")
                + unit(duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static String unit(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
