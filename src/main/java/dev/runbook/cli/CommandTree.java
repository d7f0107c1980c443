package dev.runbook.cli;

import dev.runbook.base.Excerpt;
import dev.runbook.base.ProgramVersion;
import dev.runbook.report.Columns;
import dev.runbook.report.Paint;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import dev.runbook.terminal.ThisProcess;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
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
            "doctor",
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
            "note",
            "close",
            "prune",
            "init",
            "schema",
            ShellRelayCommand.NAME);

    private static final int WIDEST = 110;
    private final CliContext context;
    private final CommandLine root;

    private CommandTree(CliContext context, CommandLine root) {
        this.context = context;
        this.root = root;
    }

    /** All commands in this context. */
    static CommandTree of(CliContext context) {
        return of(context, NAMES);
    }

    private static CommandTree of(CliContext context, List<String> names) {
        CommandLine root = new CommandLine(new RootCommand());
        names.forEach(name -> root.addSubcommand(command(name, context)));
        root.setExpandAtFiles(false);
        // what stands after the port belongs to the shell, whatever it looks like
        Optional.ofNullable(root.getSubcommands().get(ShellRelayCommand.NAME))
                .ifPresent(relay -> relay.setStopAtPositional(true));
        root.setUsageHelpWidth(WIDEST);
        root.setUsageHelpLongOptionsMaxWidth(40);
        root.setColorScheme(Help.defaultColorScheme(context.paint() == Paint.COLOURED ? Help.Ansi.ON : Help.Ansi.OFF));
        everyCommand(root, line -> {
            line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
            line.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
        });
        return new CommandTree(context, root);
    }

    /** What picks one of them makes that one alone: the others would be read from the jar for nothing. */
    private static Command command(String name, CliContext context) {
        return switch (name) {
            case "rehearse" -> new RehearseCommand(context);
            case "explain" -> new ExplainCommand(context);
            case "plan" -> new PlanCommand(context);
            case "doctor" -> new DoctorCommand(context);
            case "check" -> new CheckCommand(context);
            case "run" -> new RunCommand(context);
            case "resume" -> new ResumeCommand(context);
            case "rollback" -> new RollbackCommand(context);
            case "estate" -> new EstateCommand(context);
            case "lint" -> new LintCommand(context);
            case "status" -> new StatusCommand(context);
            case "report" -> new ReportCommand(context);
            case "list" -> new ListCommand(context);
            case "verify-journal" -> new VerifyJournalCommand(context);
            case "note" -> new NoteCommand(context);
            case "close" -> new CloseCommand(context);
            case "prune" -> new PruneCommand(context);
            case "init" -> new InitCommand(context);
            case "schema" -> new SchemaCommand(context);
            case ShellRelayCommand.NAME -> new ShellRelayCommand(context);
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
    static ExitCode execute(CliContext context, String... arguments) {
        boolean named = arguments.length > 0 && NAMES.contains(arguments[0]);
        return of(context, named ? List.of(arguments[0]) : NAMES).execute(arguments);
    }

    private ExitCode execute(String... arguments) {
        try {
            ParseResult parsed = root.parseArgs(arguments);
            if (help(parsed)) {
                return printed(ExitCode.DONE);
            }
            RootCommand program = root.getCommand();
            CliContext.Language wanted = program.language().orElse(context.language());
            // commands are made for their context, so for other ones they are made anew
            return wanted.equals(context.language()) ? execute(parsed) : execute(context.in(wanted), arguments);
        } catch (ParameterException e) {
            return refuse(e);
        } catch (Refusal e) {
            e.getMessage().lines().flatMap(this::fitted).forEach(context.err()::println);
            return e.code();
        } catch (UncheckedIOException e) {
            return refuse(e);
        } catch (InvalidPathException e) {
            context.err()
                    .println("\"" + Excerpt.oneLine(e.getInput()) + "\" cannot be the name of a file or folder here: "
                            + Excerpt.oneLine(e.getReason()) + ". Name another one.");
            return ExitCode.USAGE;
        }
    }

    /** A command stays whole, so that it can be copied. */
    private Stream<String> fitted(String line) {
        return !context.terminal() || line.contains(" -jar ")
                ? Stream.of(line)
                : Columns.wrapped(line, context.columns()).stream();
    }

    private boolean help(ParseResult parsed) {
        if (context.terminal() && asksForHelp(parsed)) {
            root.setUsageHelpWidth(Math.min(WIDEST, context.columns()));
        }
        root.setOut(new PrintWriter(context.out(), true));
        everyCommand(root, line -> line.setOut(new PrintWriter(context.out(), true)));
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
        root.usage(context.err());
        return ExitCode.USAGE;
    }

    private ExitCode printed(ExitCode code) {
        if (!ThisProcess.isLost(context.out())) {
            return code;
        }
        context.err().println("The output could not be written in full: the disk that it goes to is full or broken.");
        return ExitCode.OUTPUT_LOST;
    }

    /** A folder or a file that was named is not as it should be; whatever else goes wrong with files is told by whoever works. */
    private ExitCode refuse(UncheckedIOException trouble) {
        if (trouble.getCause() instanceof FileSystemException file) {
            context.err().println(Refusal.sentence(file));
            return ExitCode.USAGE;
        }
        throw trouble;
    }

    private ExitCode refuse(ParameterException mistake) {
        CommandLine line = mistake.getCommandLine();
        context.err().println(mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, context.err());
        context.err().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** The program without a word behind it: shows what it can do. */
    @CommandLine.Command(
            name = "runbook",
            mixinStandardHelpOptions = true,
            versionProvider = RootCommand.Version.class,
            description = {
                "Carries out a runbook: a YAML file of steps, each of which says what is done and how to see that it is"
                        + " done.",
                "It shows what it will do before it does it, asks before what cannot be undone, never does a thing twice,"
                        + " and goes on where it stopped."
            },
            footerHeading = "%nIn this order:%n",
            footer = {
                "  runbook rehearse failover                       the drill: any day, anywhere, touching nothing",
                "  runbook plan failover --site-template           a site file to fill in",
                "  runbook check failover --vars litware.yaml      where do we stand? asks every fact, changes nothing",
                "  runbook run failover --vars litware.yaml        the real thing",
                "  runbook resume runs/2026-11-21T03-12-09Z-failover-k7q2   goes on after a stop or a crash, also"
                        + " elsewhere",
                "",
                "\"runbook\" stands for: java -jar runbook.jar"
            })
    static final class RootCommand {
        @Option(
                names = "--language",
                paramLabel = "TAG",
                scope = ScopeType.INHERIT,
                description =
                        "The language in which a runbook speaks, where such texts lie beside it, such as zh-TW. Default:"
                                + " that of this computer.")
        private Optional<String> language = Optional.empty();

        /** The language that was asked for. */
        Optional<CliContext.Language> language() {
            return language.map(tag -> CliContext.Language.of(tag)
                    .orElseThrow(
                            () -> Refusal.usage("--language " + tag + " is no language tag, such as zh-TW or de.")));
        }

        /** Tells which program this is. */
        static final class Version implements IVersionProvider {
            @Override
            public String[] getVersion() {
                return new String[] {"runbook " + ProgramVersion.TEXT};
            }
        }
    }
}
