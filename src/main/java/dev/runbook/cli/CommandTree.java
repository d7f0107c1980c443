package dev.runbook.cli;

import dev.runbook.report.Columns;
import dev.runbook.report.Paint;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Language;
import dev.runbook.terminal.Refusal;
import dev.runbook.terminal.Surroundings;
import dev.runbook.terminal.ThisProcess;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and how one of them is picked and run. */
final class CommandTree {
    /** One word of the command line. */
    interface Command {
        /**
         * Does it.
         *
         * @throws Refusal when what is asked for cannot be done
         */
        ExitCode execute();

        /** Whether the exit code says how servers stand, which counts for more than what is printed. */
        default boolean worksOnServers() {
            return false;
        }
    }

    /** In the order in which they are listed. */
    private static final List<String> NAMES = List.of(
            "rehearse",
            "explain",
            "plan",
            "check",
            "run",
            "resume",
            "rollback",
            "estate",
            "lint",
            "status",
            "report",
            "list",
            "verify-journal",
            "init",
            "schema",
            ShellRelayCommand.NAME);

    private static final int WIDEST = 110;
    private final Surroundings surroundings;
    private final CommandLine root;

    private CommandTree(Surroundings surroundings, CommandLine root) {
        this.surroundings = surroundings;
        this.root = root;
    }

    /** All commands in these surroundings. */
    static CommandTree of(Surroundings surroundings) {
        return of(surroundings, NAMES);
    }

    private static CommandTree of(Surroundings surroundings, List<String> names) {
        CommandLine root = new CommandLine(new RootCommand());
        names.forEach(name -> root.addSubcommand(command(name, surroundings)));
        root.setExpandAtFiles(false);
        // what stands after the port belongs to the shell, whatever it looks like
        Optional.ofNullable(root.getSubcommands().get(ShellRelayCommand.NAME))
                .ifPresent(relay -> relay.setStopAtPositional(true));
        root.setUsageHelpWidth(WIDEST);
        root.setUsageHelpLongOptionsMaxWidth(40);
        root.setColorScheme(
                Help.defaultColorScheme(surroundings.paint() == Paint.COLOURED ? Help.Ansi.ON : Help.Ansi.OFF));
        everyCommand(root, line -> {
            line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
            line.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
        });
        return new CommandTree(surroundings, root);
    }

    /** What picks one of them makes that one alone: the others would be read from the jar for nothing. */
    private static Command command(String name, Surroundings surroundings) {
        return switch (name) {
            case "rehearse" -> new RehearseCommand(surroundings);
            case "explain" -> new ExplainCommand(surroundings);
            case "plan" -> new PlanCommand(surroundings);
            case "check" -> new CheckCommand(surroundings);
            case "run" -> new RunCommand(surroundings);
            case "resume" -> new ResumeCommand(surroundings);
            case "rollback" -> new RollbackCommand(surroundings);
            case "estate" -> new EstateCommand(surroundings);
            case "lint" -> new LintCommand(surroundings);
            case "status" -> new StatusCommand(surroundings);
            case "report" -> new ReportCommand(surroundings);
            case "list" -> new ListCommand(surroundings);
            case "verify-journal" -> new VerifyJournalCommand(surroundings);
            case "init" -> new InitCommand(surroundings);
            case "schema" -> new SchemaCommand(surroundings);
            case ShellRelayCommand.NAME -> new ShellRelayCommand(surroundings);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static void everyCommand(CommandLine line, Consumer<CommandLine> change) {
        change.accept(line);
        line.getSubcommands().values().forEach(child -> everyCommand(child, change));
    }

    /** The commands as picocli knows them. */
    CommandLine line() {
        return root;
    }

    /** Runs the command that the arguments ask for. */
    static ExitCode execute(Surroundings surroundings, String... arguments) {
        boolean named = arguments.length > 0 && NAMES.contains(arguments[0]);
        return of(surroundings, named ? List.of(arguments[0]) : NAMES).execute(arguments);
    }

    private ExitCode execute(String... arguments) {
        try {
            ParseResult parsed = root.parseArgs(arguments);
            if (help(parsed)) {
                return printed(ExitCode.DONE);
            }
            RootCommand program = root.getCommand();
            Language wanted = program.language().orElse(surroundings.language());
            // commands are made for their surroundings, so for other ones they are made anew
            return wanted.equals(surroundings.language())
                    ? execute(parsed)
                    : execute(surroundings.in(wanted), arguments);
        } catch (ParameterException e) {
            return refuse(e);
        } catch (Refusal e) {
            e.getMessage().lines().flatMap(this::fitted).forEach(surroundings.err()::println);
            return e.code();
        } catch (UncheckedIOException e) {
            return refuse(e);
        }
    }

    /** A command stays whole, so that it can be copied. */
    private Stream<String> fitted(String line) {
        return !surroundings.terminal() || line.contains(" -jar ")
                ? Stream.of(line)
                : Columns.wrapped(line, surroundings.columns()).stream();
    }

    private boolean help(ParseResult parsed) {
        if (surroundings.terminal() && asksForHelp(parsed)) {
            root.setUsageHelpWidth(Math.min(WIDEST, surroundings.columns()));
        }
        root.setOut(new PrintWriter(surroundings.out(), true));
        everyCommand(root, line -> line.setOut(new PrintWriter(surroundings.out(), true)));
        return CommandLine.executeHelpRequest(parsed) != null;
    }

    private static boolean asksForHelp(ParseResult parsed) {
        return parsed.isUsageHelpRequested() || parsed.hasSubcommand() && asksForHelp(parsed.subcommand());
    }

    private ExitCode execute(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.commandSpec().userObject() instanceof Command command) {
            ExitCode code = command.execute();
            return command.worksOnServers() ? code : printed(code);
        }
        root.usage(surroundings.err());
        return ExitCode.USAGE;
    }

    private ExitCode printed(ExitCode code) {
        if (!ThisProcess.isLost(surroundings.out())) {
            return code;
        }
        surroundings
                .err()
                .println("The output could not be written in full: the disk that it goes to is full or broken.");
        return ExitCode.OUTPUT_LOST;
    }

    /** A folder or a file that was named is not as it should be; whatever else goes wrong with files is told by whoever works. */
    private ExitCode refuse(UncheckedIOException trouble) {
        if (trouble.getCause() instanceof FileSystemException file) {
            surroundings.err().println(Refusal.sentence(file));
            return ExitCode.USAGE;
        }
        throw trouble;
    }

    private ExitCode refuse(ParameterException mistake) {
        CommandLine line = mistake.getCommandLine();
        surroundings.err().println(mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, surroundings.err());
        surroundings.err().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
