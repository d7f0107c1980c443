package dev.runbook.endpoint.powershell;

import dev.runbook.base.Value;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DaemonExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.apache.commons.exec.environment.EnvironmentUtils;

/**
 * Starts a shell as a child process, in the environment of this one: without what holds a secret, without colours (formatted
 * output would carry escape sequences), and without the module path, which a PowerShell of another version hands on and which
 * the shell makes afresh.
 */
public final class ChildProcessLauncher implements ShellLauncher {
    private static final Map<String, String> WITHOUT_COLOURS = Map.of("NO_COLOR", "1", "TERM", "dumb");
    private static final String VALUES = "RUNBOOK_VAR_";
    private static final String MODULE_PATH = "PSModulePath";
    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final UnaryOperator<String> mask;

    /** Where no secret is known but those of which the name of the variable tells. */
    public ChildProcessLauncher() {
        this(UnaryOperator.identity());
    }

    /**
     * One that hands no secret on to what it starts.
     *
     * @param mask puts dots for every secret that is known by then
     */
    public ChildProcessLauncher(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    @Override
    public ShellLink launch(String program, List<String> arguments) throws IOException {
        Map<String, String> environment = environment(EnvironmentUtils.getProcEnvironment(), mask);
        CommandLine command =
                command(shielded(new ProgramFinder(environment, FileSystems.getDefault()).find(program), arguments));
        ProcessStreams streams = new ProcessStreams();
        KeepingExecutor executor = new KeepingExecutor();
        executor.setStreamHandler(streams);
        executor.setExitValues(null);
        executor.execute(command, environment, new Failing(streams.started()));
        await(streams.started());
        return new ChildProcessLink(executor.process.join(), streams);
    }

    /** What the shell and all that it starts may see. */
    static Map<String, String> environment(Map<String, String> inherited, UnaryOperator<String> mask) {
        Map<String, String> environment =
                new TreeMap<>(WINDOWS ? String.CASE_INSENSITIVE_ORDER : Comparator.<String>naturalOrder());
        environment.putAll(inherited);
        environment
                .keySet()
                .removeIf(name ->
                        name.regionMatches(true, 0, VALUES, 0, VALUES.length()) || name.equalsIgnoreCase(MODULE_PATH));
        String nothing = new Value.Secret("").text();
        environment.values().removeIf(value -> mask.apply(value.strip()).equals(nothing));
        environment.putAll(WITHOUT_COLOURS);
        return environment;
    }

    /**
     * A command line with which Ctrl-C does not end the program. A terminal sends it to every process that was started there;
     * but what is cut off and what may come to its end is for the run to decide. On Windows the host script sees to it.
     */
    private static List<String> shielded(Path program, List<String> arguments) {
        List<String> line = new ArrayList<>();
        if (!WINDOWS) {
            // what is ignored before exec stays ignored behind it
            line.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
        }
        line.add(program.toString());
        line.addAll(arguments);
        return line;
    }

    private static CommandLine command(List<String> words) {
        CommandLine command = new CommandLine(words.get(0));
        // without the false the library puts quotes around an argument, or takes them away
        words.stream().skip(1).forEach(word -> command.addArgument(word, false));
        return command;
    }

    private static void await(CompletableFuture<Void> started) throws IOException {
        try {
            started.get();
        } catch (ExecutionException e) {
            throw new IOException(rootMessage(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it started", e);
        }
    }

    private static String rootMessage(Throwable failure) {
        return failure.getCause() == null ? failure.getMessage() : rootMessage(failure.getCause());
    }

    /** Keeps the process, which the library hides: without it there is no tree to end. */
    private static final class KeepingExecutor extends DaemonExecutor {
        private final CompletableFuture<Process> process = new CompletableFuture<>();

        @SuppressWarnings("deprecation") // the only way to a daemon executor with a launch of its own
        KeepingExecutor() {}

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, Path folder) throws IOException {
            return keep(super.launch(command, environment, folder));
        }

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, File folder) throws IOException {
            return keep(super.launch(command, environment, folder));
        }

        private Process keep(Process started) {
            process.complete(started);
            return started;
        }
    }

    /** Hands a failed start to whoever waits for it. The end of a process that did start shows on its streams. */
    private record Failing(CompletableFuture<Void> started) implements ExecuteResultHandler {
        @Override
        public void onProcessComplete(int exitValue) {}

        @Override
        public void onProcessFailed(ExecuteException failure) {
            started.completeExceptionally(failure);
        }
    }

    /** A shell that runs as a child process. */
    static final class ChildProcessLink implements ShellLink {
        private static final Duration PATIENCE = Duration.ofSeconds(2);

        private final Process process;
        private final ProcessStreams streams;
        private final StreamLink lines;

        ChildProcessLink(Process process, ProcessStreams streams) {
            this.process = process;
            this.streams = streams;
            this.lines = new StreamLink(streams.answers(), streams.requests());
        }

        @Override
        public void send(String line) throws IOException {
            lines.send(line);
        }

        @Override
        public Line receive() throws IOException {
            Line line = null;
            try {
                line = lines.receive();
                return line;
            } finally {
                if (line == null) {
                    streams.drained();
                }
            }
        }

        @Override
        public List<String> complaints() {
            return streams.complaints();
        }

        @Override
        public void kill() {
            ProcessTree.of(process.toHandle()).end(PATIENCE);
        }

        @Override
        public void close() {
            ProcessTree tree = ProcessTree.of(process.toHandle());
            lines.endRequests();
            if (!tree.isGoneWithin(PATIENCE)) {
                tree.end(PATIENCE);
            }
        }
    }

    /**
     * Keeps the three raw streams of a process. The library's own pump never flushes what it writes, so that a request of one line
     * would wait for ever.
     */
    static final class ProcessStreams implements ExecuteStreamHandler {
        private static final int COMPLAINT = 2_000;
        private static final long DRAINING_SECONDS = 2;
        private static final long LISTENING_MILLIS = 500;

        private final CompletableFuture<Void> started = new CompletableFuture<>();
        private final CountDownLatch drained = new CountDownLatch(1);
        private final ShellLink.LastLines complaints = new ShellLink.LastLines();
        private OutputStream requests;
        private InputStream answers;
        private InputStream errors;
        private Thread listener;

        @Override
        public void setProcessInputStream(OutputStream stream) {
            requests = stream;
        }

        @Override
        public void setProcessOutputStream(InputStream stream) {
            answers = stream;
        }

        @Override
        public void setProcessErrorStream(InputStream stream) {
            errors = stream;
        }

        @Override
        public void start() {
            listener = new Thread(this::listen, "shell-errors");
            listener.setDaemon(true);
            listener.start();
            started.complete(null);
        }

        /** Called when the process has ended; the library closes the streams after it. What was written last is still read. */
        @Override
        public void stop() {
            try {
                drained.await(DRAINING_SECONDS, TimeUnit.SECONDS);
                listener.join(LISTENING_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Done when the process runs; failed when it could not be started. */
        CompletableFuture<Void> started() {
            return started;
        }

        /** Where requests go. */
        OutputStream requests() {
            return requests;
        }

        /** Where answers come from. */
        InputStream answers() {
            return answers;
        }

        /** What was said last on standard error; once the answers have ended, its end is waited for shortly. */
        List<String> complaints() {
            if (drained.getCount() == 0) {
                try {
                    listener.join(LISTENING_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return complaints.kept();
        }

        /** The answers are read to their end. */
        void drained() {
            drained.countDown();
        }

        private void listen() {
            StreamLink.LineInput lines = new StreamLink.LineInput(errors, COMPLAINT);
            try {
                for (ShellLink.Line line = lines.next(); line != null; line = lines.next()) {
                    complaints.add(line.text());
                }
            } catch (IOException e) {
                complaints.add("(" + e.getMessage() + ")"); // the process is gone; its streams end this way too
            }
        }
    }

    /**
     * A process with everything it started. The members are listed before the first signal: once the parent is gone its children
     * belong to somebody else and are not found any more. One that left the tree before (a double fork) is never found.
     */
    static final class ProcessTree {
        private static final Duration AFTER_KILL = Duration.ofMillis(500);

        private final ProcessHandle root;
        private final Set<ProcessHandle> seen = new LinkedHashSet<>();

        private ProcessTree(ProcessHandle root) {
            this.root = root;
            look();
        }

        /** The tree as it is now. */
        static ProcessTree of(ProcessHandle root) {
            return new ProcessTree(root);
        }

        /** Asks all members to end, waits, then ends them. A process that nobody reaps counts as ended after the wait. */
        void end(Duration patience) {
            seen.forEach(ProcessHandle::destroy);
            if (!isGoneWithin(patience)) {
                look();
                seen.forEach(ProcessHandle::destroyForcibly);
                isGoneWithin(AFTER_KILL);
            }
        }

        /** Waits until no member is alive. */
        boolean isGoneWithin(Duration patience) {
            try {
                CompletableFuture.allOf(seen.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        private void look() {
            Stream.concat(
                            Stream.of(root),
                            Stream.concat(root.descendants(), seen.stream().flatMap(ProcessHandle::descendants)))
                    .toList()
                    .forEach(seen::add);
        }
    }

    /**
     * Finds a program by ourselves, so that nobody else decides which one it is: the system would look in the current folder
     * first, where anybody may have put one.
     *
     * @param environment that the program is found by
     * @param files where it lies
     */
    record ProgramFinder(Map<String, String> environment, FileSystem files) {
        private static final Set<String> OF_WINDOWS = Set.of("powershell", "powershell.exe");
        private static final String ITS_FOLDER = "WindowsPowerShell\\v1.0\\powershell.exe";

        /**
         * Its absolute path. A name without a folder is looked for in the folders of the PATH alone, and not in one that depends
         * on where this program was started. Windows PowerShell is that of the system, whatever the PATH says; of 64 bits, also
         * where this program has 32.
         *
         * @throws IOException if there is no such program, which a shell would only tell when it is too late
         */
        Path find(String program) throws IOException {
            return candidates(program)
                    .filter(path -> !Files.isDirectory(path) && Files.isExecutable(path))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no such program"));
        }

        private Stream<Path> candidates(String program) {
            if (program.contains("/") || isWindows() && (program.contains("\\") || program.contains(":"))) {
                return named(files.getPath(program).toAbsolutePath());
            }
            if (isWindows() && OF_WINDOWS.contains(program.toLowerCase(Locale.ROOT))) {
                Path root = files.getPath(environment.getOrDefault("SystemRoot", "C:\\Windows"));
                return Stream.of("Sysnative", "System32")
                        .map(folder -> root.resolve(folder).resolve(ITS_FOLDER))
                        .filter(Path::isAbsolute);
            }
            String separator = isWindows() ? ";" : ":";
            return Arrays.stream(environment.getOrDefault("PATH", "").split(separator))
                    .map(folder -> folder.replace("\"", "").strip())
                    .filter(folder -> !folder.isEmpty())
                    .map(files::getPath)
                    .filter(Path::isAbsolute)
                    .flatMap(folder -> named(folder.resolve(program)));
        }

        /** On Windows the end of the name may be left out. */
        private Stream<Path> named(Path path) {
            String name = path.getFileName().toString();
            return isWindows() && !name.contains(".")
                    ? Stream.of(".com", ".exe", ".bat", ".cmd").map(end -> path.resolveSibling(name + end))
                    : Stream.of(path);
        }

        private boolean isWindows() {
            return files.getSeparator().equals("\\");
        }
    }
}
