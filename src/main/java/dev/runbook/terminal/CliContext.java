package dev.runbook.terminal;

import dev.runbook.base.Excerpt;
import dev.runbook.event.Actor;
import dev.runbook.report.Paint;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the program was started in.
 *
 * @param in what is typed or piped in
 * @param out for what was asked for
 * @param err for everything else
 * @param environment its variables
 * @param folder where relative paths begin
 * @param terminal whether a person sits at it
 * @param width how many columns that terminal has; asked only where it matters
 * @param language in which the texts of runbooks are wanted
 * @param hidden asks a person for something that is typed unseen; empty when there is none
 * @param clock tells the time
 * @param actor who started it
 */
public record CliContext(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path folder,
        boolean terminal,
        IntSupplier width,
        Language language,
        Function<String, Optional<String>> hidden,
        Clock clock,
        Actor actor) {
    /** Copies the environment. */
    public CliContext {
        environment = Map.copyOf(environment);
    }

    /** Colours where a person sees them, unless {@code NO_COLOR} is set (no-color.org). */
    public Paint paint() {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return terminal && !unwanted ? Paint.COLOURED : Paint.PLAIN;
    }

    /**
     * Whether the cursor of the terminal can be moved: everywhere but on terminals that say that they are dumb, and in the old
     * console of Windows, which has to be told first.
     */
    boolean movesCursor() {
        boolean oldConsole = isWindows() && !environment.containsKey("WT_SESSION");
        return terminal && !oldConsole && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Whether this is Windows. */
    public boolean isWindows() {
        return environment.getOrDefault("OS", "").equals("Windows_NT");
    }

    /** What somebody types here to start this program with these arguments. */
    public String command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("java", "-jar", ThisProcess.jar()));
        words.addAll(arguments);
        return ShellLine.of(words, isWindows());
    }

    /** The columns of the terminal that can be drawn on; 0 where there is none. */
    public int columns() {
        return terminal ? width.getAsInt() : 0;
    }

    /** The same for somebody who has asked for a language. */
    public CliContext in(Language wanted) {
        return new CliContext(in, out, err, environment, folder, terminal, width, wanted, hidden, clock, actor);
    }

    /** The same where the account works for a person. */
    public CliContext by(String person) {
        return new CliContext(
                in, out, err, environment, folder, terminal, width, language, hidden, clock, actor.on(person));
    }

    /**
     * A path as the user means it.
     *
     * @throws Refusal if it has a sign that no name can have here
     */
    public Path path(String written) {
        try {
            return folder.resolve(written);
        } catch (InvalidPathException e) {
            throw Refusal.usage("\"" + Excerpt.oneLine(written) + "\" cannot be the name of a file or folder here: "
                    + Excerpt.oneLine(e.getReason()) + ". Name another one.");
        }
    }

    /** A command as it can be pasted into the shell of this computer: sh and its kin, or the two of Windows. */
    static final class ShellLine {
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
}
