package dev.runbook.inspection;

import java.util.regex.Pattern;

/**
 * A pattern of paths: {@code *} is any characters of a name, {@code ?} one, {@code **} any folders, {@code [ab]} one of these
 * characters, {@code {a,b}} one of these texts. Windows shells leave patterns to programs, so this works everywhere alike.
 *
 * @param folder the part before the first name with a pattern, with {@code /} as separator; may be empty
 * @param rest matches the path below that folder
 */
record PathPattern(String folder, Pattern rest) {
    private static final String SPECIAL = "*?[{";

    /** Whether a path holds anything that stands for something else. */
    static boolean isIn(String written) {
        return written.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    /** The pattern as written, with {@code /} as separator. */
    static PathPattern of(String written) {
        int special = 0;
        while (special < written.length() && SPECIAL.indexOf(written.charAt(special)) < 0) {
            special++;
        }
        int cut = written.lastIndexOf('/', special - 1) + 1;
        return new PathPattern(written.substring(0, cut), Pattern.compile(regex(written.substring(cut))));
    }

    boolean matches(String below) {
        return rest.matcher(below).matches();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        for (int at = 0; at < glob.length(); at++) {
            char c = glob.charAt(at);
            if (glob.startsWith("**/", at)) {
                regex.append("(?:[^/]+/)*");
                at += 2;
            } else if (glob.startsWith("**", at)) {
                regex.append(".*");
                at++;
            } else if (c == '[' && glob.indexOf(']', at + 2) > 0) {
                int end = glob.indexOf(']', at + 2);
                regex.append(characters(glob.substring(at + 1, end)));
                at = end;
            } else if (c == '{' && glob.indexOf('}', at) > 0) {
                regex.append("(?:");
                braces++;
            } else if (c == '}' && braces > 0) {
                regex.append(')');
                braces--;
            } else {
                regex.append(c == ',' && braces > 0 ? "|" : plain(c));
            }
        }
        return regex.toString();
    }

    private static String plain(char c) {
        return switch (c) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(c));
        };
    }

    private static String characters(String inside) {
        boolean not = inside.startsWith("!");
        String escaped = inside.substring(not ? 1 : 0).replaceAll("[\\\\\\[\\]^&]", "\\\\$0");
        return "[" + (not ? "^/" : "") + escaped + "]";
    }
}
