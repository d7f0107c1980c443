package dev.runbook.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that somebody wrote, under the name by which messages call it.
 *
 * @param name the file as the user named it, with {@code /} as separator
 * @param lines the text cut at LF, CR LF or CR, without the line ends
 * @param secretKeys keys whose values nobody may see, beside {@code password} and its like
 */
public record Source(String name, List<String> lines, Set<String> secretKeys) {
    /** Copies lines and keys. */
    public Source {
        lines = List.copyOf(lines);
        secretKeys = Set.copyOf(secretKeys);
    }

    /** Of few things: every finding has its source, and there may be many in a long file. */
    @Override
    public int hashCode() {
        return Objects.hash(name, lines.size());
    }

    /** A source without a text, for what is wrong with a file that cannot be read. */
    public static Source unread(String name) {
        return new Source(name, List.of(), Set.of());
    }

    /** A source of the whole text of a file; a byte order mark before it is not part of the text. */
    public static Source of(String name, String text) {
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new Source(name, cut(marked), Set.of());
    }

    /** By hand: a regular expression takes longer for this than all rules take for the file. */
    private static List<String> cut(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                lines.add(text.substring(start, at));
                boolean pair = c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
                at += pair ? 1 : 0;
                start = at + 1;
            }
        }
        lines.add(text.substring(start));
        return lines;
    }

    /** The text of a line, counted from 1; empty where there is no such line. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /** The same text, in which the values of these keys are secret. */
    public Source hiding(Set<String> keys) {
        return new Source(name, lines, keys);
    }

    /**
     * A line as it may be shown, counted from 1: with dots for passwords and other secrets, as many as they have characters.
     * Whatever leaves the program takes its lines from here.
     */
    public String shown(int number) {
        boolean exists = number >= 1 && number <= lines.size();
        return exists ? new SecretKeys(secretKeys).hide(lines, number - 1) : "";
    }

    /** What is said about a line, with dots for the secrets of that line. */
    String hide(String message, int number) {
        return new SecretKeys(secretKeys).hide(message, line(number));
    }

    /**
     * Hides what stands after keys such as {@code password} in lines that are shown. It goes by the text alone, for a file with a
     * slip in it cannot be parsed; so it would rather hide too much. A character is hidden by one dot, so that columns stay right.
     *
     * @param names keys whose values are secret too, whatever they are called
     */
    record SecretKeys(Set<String> names) {
        private record Stretch(int from, int to) {}

        private static final char DOT = '•';
        /** A shorter text is left in a message: it would be found everywhere. */
        private static final int SHORTEST = 4;
        /** A name, and the colon or equals sign after it. */
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
            return from < line.length()
                    && !NO_SECRET.matcher(line.substring(from)).matches();
        }

        private static int end(String line, int from) {
            Optional<Integer> behindQuote = quoted(line, from);
            Matcher next = NEXT_KEY.matcher(line);
            int otherwise =
                    next.find(from) ? next.start() : line.stripTrailing().length();
            return Math.max(from, behindQuote.orElse(otherwise));
        }

        /** The place after the closing quote of a value that is quoted as it should be. */
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
                    boolean right =
                            BEHIND_QUOTED.matcher(line.substring(at + 1)).matches();
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
}
