package dev.runbook.terminal;

import dev.runbook.base.Excerpt;
import dev.runbook.event.Actor;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.language.TranslationFile;
import dev.runbook.report.Paint;
import dev.runbook.site.SiteBinder;
import dev.runbook.yaml.SourceReader;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
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
    private static final String WINDOWS = "Windows_NT";

    /** Copies the environment; on Windows the case of a name does not count. */
    public CliContext {
        Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        names.putAll(environment);
        environment = names.getOrDefault("OS", "").equals(WINDOWS)
                ? Collections.unmodifiableMap(names)
                : Map.copyOf(environment);
    }

    /** Colours where a person sees them, unless {@code NO_COLOR} is set (no-color.org). */
    public Paint paint() {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return terminal && !unwanted && knowsSequences() ? Paint.COLOURED : Paint.PLAIN;
    }

    /** Whether the cursor of the terminal can be moved. */
    boolean movesCursor() {
        return terminal && knowsSequences();
    }

    /**
     * Whether escape sequences are obeyed and not shown: everywhere but on terminals that say that they are dumb. On Windows a
     * program has to switch that on, which Java cannot, in every window; there somebody has to say that it is on already.
     */
    private boolean knowsSequences() {
        String kind = environment.getOrDefault("TERM", "");
        boolean said = !kind.isEmpty()
                || environment.containsKey("ANSICON")
                || environment.getOrDefault("ConEmuANSI", "").equals("ON")
                || !environment.getOrDefault("FORCE_COLOR", "").isEmpty();
        return (!isWindows() || said) && !kind.equals("dumb");
    }

    /**
     * Prints what programs read: in UTF-8, whatever this computer writes files and windows in.
     *
     * @param document to its last line feed
     */
    public void document(String document) {
        if (terminal) {
            out.print(document);
        } else {
            out.writeBytes(document.getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    /** Whether this is Windows. */
    public boolean isWindows() {
        return environment.getOrDefault("OS", "").equals(WINDOWS);
    }

    /**
     * What somebody types here to start this program with these arguments. Where the two shells of Windows need it written
     * otherwise, in two lines: for cmd, and for PowerShell.
     */
    public String command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("java", "-jar", ThisProcess.jar()));
        words.addAll(arguments);
        return ShellLine.of(words, isWindows());
    }

    /** A command with something more at its end, in each of its lines. */
    public static String longer(String command, String more) {
        return command.lines().map(line -> line + more).collect(Collectors.joining("\n"));
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
        private static final Pattern BARE_ON_WINDOWS = Pattern.compile("[A-Za-z0-9_+:.=\\\\/-]+");
        /** What means the same to cmd and to every PowerShell in double quotes, and to the program that takes them away. */
        private static final Pattern PLAIN_IN_QUOTES =
                Pattern.compile("(?:[^\"$`%!\\u201c-\\u201e]*[^\"$`%!\\u201c-\\u201e\\\\])?");
        /** What cmd acts upon; each of them is taken as it is behind a caret. */
        private static final Pattern OF_CMD = Pattern.compile("[\"^&|<>()%!]");

        private ShellLine() {}

        /** The line of these words. */
        public static String of(List<String> words, boolean windows) {
            if (!windows) {
                return joined(words, ShellLine::quoted);
            }
            boolean alike = words.stream()
                    .allMatch(word -> BARE_ON_WINDOWS.matcher(word).matches()
                            || PLAIN_IN_QUOTES.matcher(word).matches());
            return alike
                    ? joined(words, ShellLine::onWindows)
                    : joined(words, ShellLine::forCmd) + "\nin PowerShell:  " + forPowerShell(words);
        }

        private static String joined(List<String> words, UnaryOperator<String> form) {
            return words.stream().map(form).collect(Collectors.joining(" "));
        }

        private static String quoted(String word) {
            return BARE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
        }

        /** As a program of Windows takes its command line apart: a backslash counts as one but before a double quote. */
        private static String forProgram(String word) {
            return "\"" + word.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1") + "\"";
        }

        /** With a caret before all that cmd acts upon, it sees no quotes, and so no end of them. */
        private static String forCmd(String word) {
            return PLAIN_IN_QUOTES.matcher(word).matches()
                            || BARE_ON_WINDOWS.matcher(word).matches()
                    ? onWindows(word)
                    : OF_CMD.matcher(forProgram(word)).replaceAll("^$0");
        }

        /** Single quotes where they are enough; else what stands behind {@code --%} is handed on as it is. */
        private static String forPowerShell(List<String> words) {
            if (words.stream().noneMatch(word -> word.contains("\"") || word.endsWith("\\"))) {
                return joined(
                        words,
                        word -> BARE_ON_WINDOWS.matcher(word).matches() ? word : "'" + word.replace("'", "''") + "'");
            }
            return words.get(0) + " --% "
                    + joined(
                            words.subList(1, words.size()),
                            word -> BARE_ON_WINDOWS.matcher(word).matches() ? word : forProgram(word));
        }

        private static String onWindows(String word) {
            return BARE_ON_WINDOWS.matcher(word).matches() ? word : "\"" + word + "\"";
        }
    }

    /** Secrets from the terminal, from files and from the environment. */
    public static final class ConsoleSecrets implements SiteBinder.SecretReader {
        /** How long a program may take to tell a secret. */
        private static final Duration PATIENCE = Duration.ofSeconds(60);

        private final CliContext context;
        private final Function<String, Optional<String>> hidden;

        /** The secrets that this context can give. */
        public ConsoleSecrets(CliContext context) {
            this(context, context.hidden());
        }

        /**
         * The same where something else reads what is typed.
         *
         * @param hidden asks a person for something that is typed unseen
         */
        public ConsoleSecrets(CliContext context, Function<String, Optional<String>> hidden) {
            this.context = context;
            this.hidden = hidden;
        }

        @Override
        public Optional<String> prompt(String question) {
            return context.terminal() ? hidden.apply(question) : Optional.empty();
        }

        @Override
        public Optional<String> program(List<String> words) {
            return new SecretProgram(words, PATIENCE).secret();
        }

        @Override
        public Optional<String> file(String path) {
            PrivateFiles.readByOthers(context.path(path))
                    .ifPresent(why -> context.err().println("warning: " + why));
            return SourceReader.read(context.path(path)).value().map(source -> source.line(1));
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.ofNullable(context.environment().get(name));
        }
    }

    /**
     * The language in which somebody wants to read the texts of runbooks.
     *
     * @param locale the language
     * @param demanded whether somebody has asked for it, or it is merely that of the computer
     */
    public record Language(Locale locale, boolean demanded) {
        /** English, the words of the runbooks inside the program. */
        public static final Language ENGLISH = new Language(Locale.ENGLISH, false);

        /** The language of this computer. */
        public static Language ofThisComputer() {
            return new Language(Locale.getDefault(), false);
        }

        /** The language that somebody asks for by its tag; empty where that is none. */
        public static Optional<Language> of(String tag) {
            return TranslationFile.isTag(tag)
                    ? Optional.of(new Language(Locale.forLanguageTag(tag), true))
                    : Optional.empty();
        }

        /** Of these tags the one that serves best. */
        public Optional<String> among(List<String> tags) {
            return TranslationFile.tags(locale).stream()
                    .flatMap(wanted -> tags.stream().filter(wanted::equalsIgnoreCase))
                    .findFirst();
        }
    }
}
