package dev.runbook.console;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command as it can be pasted into the shell of this computer: sh and its kin, or the two of Windows. */
public final class ShellLine {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_@+:./-]+");
    private static final Pattern BARE_ON_WINDOWS = Pattern.compile("[A-Za-z0-9_+:.\\\\/-]+");

    private ShellLine() {}

    /** The line of these words. */
    public static String of(List<String> words, boolean windows) {
        return words.stream()
                .map(word -> windows ? onWindows(word) : quoted(word))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return BARE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Double quotes mean the same to cmd and to PowerShell; a path of Windows cannot have one in it. */
    private static String onWindows(String word) {
        return BARE_ON_WINDOWS.matcher(word).matches() ? word : "\"" + word + "\"";
    }
}
