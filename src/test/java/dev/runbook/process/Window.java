package dev.runbook.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A window of a real terminal, in which one command runs: tmux draws it, and types into it. */
final class Window implements AutoCloseable {
    private static final int LOOKS = 600;

    private final Path folder;
    private final String server = "runbook-test-" + ProcessHandle.current().pid();

    private Window(Path folder) {
        this.folder = folder;
    }

    /** Whether there is tmux; says so where there is none. */
    static boolean isPossible() {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Path.of(place, "tmux").toFile().canExecute());
        if (!there) {
            System.err.println("TMUX IS NOT HERE: what is typed at a terminal is not tested.");
        }
        return there;
    }

    /** Opens one and starts the packaged program in it. */
    static Window open(Path folder, String... arguments) {
        Window window = new Window(folder);
        String command =
                Program.line(arguments).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        window.tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", "120", "-y", "60", command + "; cat");
        return window;
    }

    /** Types a line and ends it. */
    void type(String line) {
        tmux("send-keys", "-t", "t", "-l", line);
        tmux("send-keys", "-t", "t", "Enter");
    }

    /** Presses a key, by its name in tmux. */
    void press(String key) {
        tmux("send-keys", "-t", "t", key);
    }

    /** Makes the window so many columns wide. */
    void resize(int columns) {
        tmux("resize-window", "-t", "t", "-x", Integer.toString(columns));
    }

    /** Waits until a text stands there. */
    Window await(String text) {
        return await(text, 1);
    }

    /** Waits until a text stands there so many times. */
    Window await(String text, int times) {
        for (int look = 0; look < LOOKS; look++) {
            if (shown().split(Pattern.quote(text), -1).length > times) {
                return this;
            }
            restABit();
        }
        throw new AssertionError("\"" + text + "\" does not come. There stands:\n" + shown());
    }

    private static void restABit() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What stands there, and what stood there before. */
    String shown() {
        return tmux("capture-pane", "-p", "-J", "-t", "t", "-S", "-");
    }

    @Override
    public void close() {
        tmux("kill-server");
    }

    private String tmux(String... arguments) {
        List<String> line = new ArrayList<>(List.of("tmux", "-L", server));
        line.addAll(List.of(arguments));
        return Program.start(folder, line).end().printed();
    }
}
