package dev.runbook.cli;

import dev.runbook.journal.PrivateFiles;
import dev.runbook.report.StatusJson;
import dev.runbook.runs.RunFolder;
import dev.runbook.session.Stage;
import dev.runbook.session.Standing;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Leaves behind how a run stands, for the program that started the command. */
final class ResultOption {
    @Option(
            names = "--result",
            paramLabel = "FILE",
            description = {
                "When the command ends, this file says how, for a program: what status --format json says, with the"
                        + " exit code.",
                "A file that is there is removed first, so that none lies there while the run is under way, or if it"
                        + " is killed."
            })
    private Optional<String> file = Optional.empty();

    /**
     * Does something with a run, and writes what came of it.
     *
     * @param known the run, where it is known before
     * @param work what is done, on a stage of which it hears the end
     */
    ExitCode of(Optional<RunFolder> known, CliContext context, Function<Stage, ExitCode> work) {
        if (file.isEmpty()) {
            return work.apply(RunCommand.REAL);
        }
        Path path = context.path(file.get()).toAbsolutePath();
        makeRoom(path);
        Result result = new Result(path, known, context);
        try {
            ExitCode code = work.apply(RunCommand.REAL.heardBy(result::left));
            result.write(code, "");
            return code;
        } catch (Refusal refusal) {
            result.write(refusal.code(), refusal.getMessage());
            throw refusal;
        } catch (UncheckedIOException trouble) {
            if (trouble.getCause() instanceof FileSystemException of) {
                result.write(ExitCode.USAGE, Refusal.sentence(of));
            }
            throw trouble;
        }
    }

    private static void makeRoom(Path path) {
        if (path.getParent() == null || !Files.isDirectory(path.getParent()) || Files.isDirectory(path)) {
            throw Refusal.usage("--result " + path + ": it has to be a file in a folder that is there.");
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is to be written, as far as it is known. */
    private static final class Result {
        private final Path path;
        private final CliContext context;
        private Optional<RunFolder> folder;
        private List<String> resume = List.of();

        Result(Path path, Optional<RunFolder> folder, CliContext context) {
            this.path = path;
            this.folder = folder;
            this.context = context;
        }

        void left(Stage.Left run) {
            folder = Optional.of(run.folder());
            resume = run.resume();
        }

        /** Whatever becomes of the file: the exit code says how the run ended. */
        void write(ExitCode code, String message) {
            try {
                PrivateFiles.replace(path, document(code, message).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                context.err().println("The result could not be written to " + path + ": " + e.getMessage());
            }
        }

        private String document(ExitCode code, String message) {
            if (folder.filter(RunFolder::holdsRun).isPresent()) {
                try {
                    return Standing.json(folder.get(), context, code, message, resume);
                } catch (Refusal unread) {
                    return none(code, message.isEmpty() ? unread.getMessage() : message);
                }
            }
            return none(code, message);
        }

        private static String none(ExitCode code, String message) {
            return StatusJson.ofNone(new StatusJson.Around(Optional.of(code.number()), message, List.of()));
        }
    }
}
