package dev.runbook.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what stands behind keys such as {@code password} in lines that are shown. It goes by the text alone, for a file with a
 * slip in it cannot be parsed; so it would rather hide too much. A character is hidden by one dot, so that columns stay right.
 *
 * @param names keys whose values are secret too, whatever they are called
 */
record SecretKeys(Set<String> names) {
    private record Stretch(int from, int to) {}

    private static final char DOT = '•';
    /** A shorter text is left in a message: it would be found everywhere. */
    private static final int SHORTEST = 4;
    /** A name, and the colon or equals sign behind it. */
    private static final Pattern KEY =
            Pattern.compile("(?<![\\p{L}\\p{N}_-])([\\p{L}_][\\p{L}\\p{N}_-]*)[\"']?\\s*[:=]\\s*");

    private static final Pattern SECRET =
            Pattern.compile("passw|passphrase|pwd|secret|token|kennwort|(?:^|[_-])pass(?:$|[_-])");
    /** Where a value ends that nothing else ends: before the next key of the same map. */
    private static final Pattern NEXT_KEY =
            Pattern.compile("\\s*[,;]\\s*[\"']?[\\p{L}_][\\p{L}\\p{N}_-]*[\"']?\\s*[:=]");
    /** A map, or a line of one, which has keys of its own; and a tag, which is a name. */
    private static final Pattern NO_SECRET =
            Pattern.compile("\\{?\\s*[\"']?[\\p{L}_][\\p{L}\\p{N}_-]*[\"']?\\s*:(\\s.*|$)|N?[\"']?\\{\\{.*");

    private static final Pattern BEHIND_QUOTED = Pattern.compile("\\s*(?:[,;})\\]#].*)?");
    private static final Pattern USER_IN_ADDRESS = Pattern.compile("(?<=://)[^/\\s@]+(?=@)");

    /** Copies the set. */
    SecretKeys {
        names = Set.copyOf(names);
    }

    /** A line with dots for what is secret in it. */
    String hide(List<String> lines, int index) {
        String line = lines.get(index);
        String trimmed = line.strip();
        if (isContinued(lines, index) && !NO_SECRET.matcher(trimmed).matches()) {
            int start = line.indexOf(trimmed);
            return dots(line, start, start + trimmed.length());
        }
        return hide(line);
    }

    /** A text about a line with dots for what is secret in that line. */
    String hide(String text, String line) {
        String hidden = text;
        for (Stretch stretch : secrets(line)) {
            String value = line.substring(stretch.from(), stretch.to()).replaceAll("^[\"']|[\"']$", "");
            hidden = value.length() < SHORTEST
                    ? hidden
                    : hidden.replace(value, String.valueOf(DOT).repeat(6));
        }
        return hidden;
    }

    private String hide(String line) {
        String hidden = line;
        for (Stretch stretch : secrets(line)) {
            hidden = dots(hidden, stretch.from(), stretch.to());
        }
        return hidden;
    }

    private List<Stretch> secrets(String line) {
        List<Stretch> secrets = new ArrayList<>();
        Matcher address = USER_IN_ADDRESS.matcher(line);
        while (address.find()) {
            secrets.add(new Stretch(address.start(), address.end()));
        }
        Matcher key = KEY.matcher(line);
        int from = 0;
        while (from <= line.length() && key.find(from)) {
            boolean secret = isSecret(key.group(1)) && hasValue(line, key.end());
            from = secret ? end(line, key.end()) : key.end();
            if (secret) {
                secrets.add(new Stretch(key.end(), from));
            }
        }
        return secrets;
    }

    /** Whether a line above that is indented less ends in the midst of a secret. */
    private boolean isContinued(List<String> lines, int index) {
        int indentation = indentation(lines.get(index));
        for (int above = index - 1; above >= 0 && indentation > 0; above--) {
            String line = lines.get(above);
            if (!line.isBlank() && indentation(line) < indentation) {
                indentation = indentation(line);
                if (isOpen(line)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the last value of a line is a secret that may go on in the next one. */
    private boolean isOpen(String written) {
        String line = written.stripTrailing();
        Matcher key = KEY.matcher(line);
        int from = 0;
        while (from <= line.length() && key.find(from)) {
            boolean secret = isSecret(key.group(1));
            boolean toTheEnd = key.end() == line.length() || end(line, key.end()) == line.length();
            if (secret && toTheEnd && quoted(line, key.end()).isEmpty() && !line.matches(".*[,}]$")) {
                return key.end() == line.length() || hasValue(line, key.end());
            }
            from = key.end();
        }
        return false;
    }

    private boolean isSecret(String key) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find()
                || Suggestion.nearest(key, List.of("password")).isPresent()
                || Suggestion.nearest(key, names).isPresent();
    }

    private static boolean hasValue(String line, int from) {
        return from < line.length() && !NO_SECRET.matcher(line.substring(from)).matches();
    }

    private static int end(String line, int from) {
        Optional<Integer> behindQuote = quoted(line, from);
        Matcher next = NEXT_KEY.matcher(line);
        int otherwise = next.find(from) ? next.start() : line.stripTrailing().length();
        return Math.max(from, behindQuote.orElse(otherwise));
    }

    /** The place behind the closing quote of a value that is quoted as it should be. */
    private static Optional<Integer> quoted(String line, int from) {
        char quote = from < line.length() ? line.charAt(from) : ' ';
        if (quote != '\'' && quote != '"') {
            return Optional.empty();
        }
        int at = from + 1;
        while (at < line.length()) {
            boolean twice = quote == '\'' && line.startsWith("''", at);
            boolean escape = quote == '"' && line.charAt(at) == '\\';
            if (!twice && line.charAt(at) == quote) {
                boolean right = BEHIND_QUOTED.matcher(line.substring(at + 1)).matches();
                return right ? Optional.of(at + 1) : Optional.empty();
            }
            at += twice || escape ? 2 : 1;
        }
        return Optional.empty();
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String dots(String line, int from, int to) {
        return line.substring(0, from) + String.valueOf(DOT).repeat(to - from) + line.substring(to);
    }
}
