package dev.runbook.cli;

import dev.runbook.base.Suggestion;
import dev.runbook.rehearsal.estate.Estate;
import dev.runbook.rehearsal.estate.EstateConfig;
import dev.runbook.rehearsal.estate.EstateConsole;
import dev.runbook.rehearsal.estate.Ticker;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.SceneFiles;
import dev.runbook.session.TemporaryFolder;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code estate}: the simulated estate as a process of its own. */
@CommandLine.Command(
        name = "estate",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the simulated estate of a scene and stays until Ctrl-C, so that check, run and resume in other"
                    + " windows meet it as they would meet the real servers.",
            "Writes a site file for them, then prints one line when it is ready. It keeps its state when a run is"
                    + " killed.",
            "What people do by hand is typed here: confirm STEP, transition NAME, down SERVER, up SERVER, show, stop."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook estate dc1-lost --site-file drill.yaml",
            "  and in another window:  runbook run failover --vars drill.yaml",
            "  runbook estate dc1-lost --print > my.yaml      a scene of your own, to be changed"
        })
final class EstateCommand implements CommandTree.Command {
    private final CliContext context;

    @Parameters(paramLabel = "SCENE", description = "The scene: a file, or one inside this program, such as dc1-lost.")
    private String scene = "";

    @Option(
            names = "--site-file",
            paramLabel = "FILE",
            description = "Where the values for --vars are written; a file that is there is replaced.")
    private Optional<String> siteFile = Optional.empty();

    @Option(
            names = "--print",
            description = {
                "Starts nothing: prints the scene, one inside this program, as the beginning of a scene of your own.",
                "Give that to rehearse --scene, or to this command."
            })
    private boolean print;

    EstateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        if (print) {
            return printed();
        }
        Path values = siteFile.map(context::path)
                .orElseThrow(() -> Refusal.usage("Where are the values for --vars to be written? Give --site-file FILE."
                        + " To see the scene itself: --print."));
        Scene found = RehearseCommand.scene(scene, context);
        TemporaryFolder folder = TemporaryFolder.make("runbook-estate-");
        try (Estate estate = Estate.start(found, around(folder.path()))) {
            Thread end = new Thread(() -> leave(estate, folder), "estate-end");
            Runtime.getRuntime().addShutdownHook(end);
            serve(estate, values);
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            folder.close();
        }
        return ExitCode.DONE;
    }

    private ExitCode printed() {
        String text = SceneFiles.text(scene)
                .orElseThrow(() -> Refusal.usage("There is no scene " + scene + " inside this program."
                        + Suggestion.didYouMean(scene, SceneFiles.SHIPPED) + " The scenes are: "
                        + String.join(", ", SceneFiles.SHIPPED) + "."));
        // YAML is UTF-8, whatever the console of this computer writes
        context.out().writeBytes(text.getBytes(StandardCharsets.UTF_8));
        context.out().flush();
        return ExitCode.DONE;
    }

    private static void leave(Estate estate, TemporaryFolder folder) {
        estate.close();
        folder.close();
    }

    private void serve(Estate estate, Path file) throws IOException {
        Ticker ticker = Ticker.start(estate::tick, RehearseCommand.PAUSE, context.err()::println);
        try {
            Files.writeString(file, estate.siteFile());
            context.out().println("ready: " + estate.scene().title() + ". Use it with --vars " + file);
            context.out().flush();
            listen(new EstateConsole(estate));
        } finally {
            ticker.close();
        }
    }

    private void listen(EstateConsole console) throws IOException {
        BufferedReader typed = new BufferedReader(new InputStreamReader(context.in(), Charset.defaultCharset()));
        for (String line = typed.readLine(); line != null; line = typed.readLine()) {
            if (line.strip().equals("stop")) {
                return;
            }
            context.out().print(console.answer(line));
            context.out().flush();
        }
        stay();
    }

    /** Without a keyboard it stays until somebody ends the process. */
    private static void stay() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EstateConfig around(Path folder) {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        List<String> relay = List.of(java, "-cp", classPath(), Main.class.getName(), ShellRelayCommand.NAME);
        return new EstateConfig(folder, context.clock(), RehearseCommand.PAUSE, UUID::randomUUID, relay);
    }

    /** That of this process, such as {@code runbook.jar}, as it is found from any folder: the relay is started in another one. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
