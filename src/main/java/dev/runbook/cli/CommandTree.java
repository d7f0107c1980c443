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

    private static final int WIDEST = 110;
    private final Surroundings surroundings;
    private final CommandLine root;

    private CommandTree(Surroundings surroundings, CommandLine root) {
        this.surroundings = surroundings;
        this.root = root;
    }

    /** The commands in these surroundings. */
    static CommandTree of(Surroundings surroundings) {
        CommandLine root = new CommandLine(new RootCommand());
        commands(surroundings).forEach(root::addSubcommand);
        root.setExpandAtFiles(false);
        // what stands behind the port belongs to the shell, whatever it looks like
        root.getSubcommands().get(ShellRelayCommand.NAME).setStopAtPositional(true);
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

    private static List<Command> commands(Surroundings surroundings) {
        return List.of(
                new RehearseCommand(surroundings),
                new ExplainCommand(surroundings),
                new PlanCommand(surroundings),
                new CheckCommand(surroundings),
                new RunCommand(surroundings),
                new ResumeCommand(surroundings),
                new RollbackCommand(surroundings),
                new EstateCommand(surroundings),
                new LintCommand(surroundings),
                new StatusCommand(surroundings),
                new ReportCommand(surroundings),
                new ListCommand(surroundings),
                new VerifyJournalCommand(surroundings),
                new InitCommand(surroundings),
                new SchemaCommand(surroundings),
                new ShellRelayCommand(surroundings));
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
    ExitCode execute(String... arguments) {
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
                    : of(surroundings.in(wanted)).execute(arguments);
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
