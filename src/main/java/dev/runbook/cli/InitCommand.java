package dev.runbook.cli;

import dev.runbook.language.TranslationFile;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init}: a runbook to begin with, and the schema for the editor beside it. */
@CommandLine.Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a small commented runbook that can be rehearsed at once, and beside it the JSON schema that its"
                    + " first line names, for editors. Never overwrites a file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook init pause-jobs",
            "  runbook rehearse pause-jobs.yaml",
            "  runbook init --from failover runbooks/failover.yaml"
        })
final class InitCommand implements CommandTree.Command {
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
    private static final String EXTENSION = ".yaml";
    private static final String SCHEMA = "runbook.schema.json";
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final CliContext context;

    @Option(
            names = "--from",
            paramLabel = "RUNBOOK",
            description = "Writes a copy of a runbook inside this program, failover or failback, to be edited.")
    private Optional<String> from = Optional.empty();

    @Parameters(
            paramLabel = "NAME",
            description =
                    "The id of the runbook in kebab-case, such as pause-jobs; with a folder before it, the file goes"
                            + " there. The extension .yaml may be left out.")
    private String name = "";

    InitCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        String path = name.endsWith(EXTENSION) ? name : name + EXTENSION;
        Path file = context.path(path);
        refuseDevice(file);
        write(file, text(id(file)), path + " is there already, and init never overwrites a file.");
        context.out().println("Wrote " + path + ".");
        from.ifPresent(ignored -> texts(file));
        schema(file.resolveSibling(SCHEMA));
        context.out().println("Next: runbook rehearse " + path);
        return ExitCode.DONE;
    }

    /** Windows takes these names for devices, in every folder and with every extension. */
    private void refuseDevice(Path file) {
        if (context.isWindows() && DEVICE.matcher(file.getFileName().toString()).matches()) {
            throw Refusal.usage(
                    "\"" + file.getFileName() + "\" is the name of a device under Windows. Choose another one.");
        }
    }

    private String text(String id) {
        if (from.isPresent()) {
            return new String(shipped().bytes(), StandardCharsets.UTF_8);
        }
        Library.lookAlike(id).ifPresent(known -> {
            throw Refusal.usage("A runbook " + id + " would be taken for the " + known
                    + " inside this program on the night. Choose another name, or write a copy of that one with --from "
                    + known + ".");
        });
        return Library.starter(id);
    }

    private RunbookFile shipped() {
        return new Library(context.folder())
                .find(Library.BUILT_IN_MARK + from.orElseThrow())
                .orElseThrow(() -> Refusal.usage("--from names " + from.get()
                        + ", which is no runbook inside this program. Those are: "
                        + String.join(", ", Library.BUILT_IN) + "."));
    }

    /** Its texts in other languages, so that the copy speaks them too. */
    private void texts(Path file) {
        for (RunbookFile texts : Library.texts(shipped())) {
            Path beside = file.resolveSibling(TranslationFile.name(
                    file.getFileName().toString(), texts.tag().orElseThrow()));
            write(
                    beside,
                    new String(texts.bytes(), StandardCharsets.UTF_8),
                    beside.getFileName() + " is there already, and init never overwrites a file.");
            context.out().println("Wrote " + beside.getFileName() + " beside it.");
        }
    }

    private static String id(Path file) {
        String written = file.getFileName().toString();
        String id = written.substring(0, written.length() - EXTENSION.length());
        if (!ID.matcher(id).matches()) {
            throw Refusal.usage(
                    "The name \"" + id + "\" cannot be the id of a runbook: small letters, digits and hyphens"
                            + " between them, such as pause-jobs.");
        }
        return id;
    }

    /** The schema is that of this program; one that is there already is left alone. */
    private void schema(Path file) {
        if (!Files.exists(file)) {
            write(file, Library.schema(), SCHEMA + " is there already.");
            context.out().println("Wrote " + SCHEMA + " beside it, for editors.");
        } else if (!isThatOfThisProgram(file)) {
            context.out()
                    .println(
                            "Left " + SCHEMA + " beside it as it is, though it differs from that of this program, which"
                                    + " \"runbook schema\" prints.");
        }
    }

    private static boolean isThatOfThisProgram(Path file) {
        try {
            return Arrays.equals(SourceReader.bytes(file), bytes(Library.schema()));
        } catch (IOException e) {
            return false;
        }
    }

    private static void write(Path file, String text, String taken) {
        try {
            Files.write(file, bytes(text), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw Refusal.usage(taken);
        } catch (NoSuchFileException e) {
            throw Refusal.usage("There is no folder for " + file + ". Make it first.");
        } catch (IOException e) {
            throw Refusal.usage(file + " cannot be written: " + e.getMessage());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
