package dev.runbook.terminal;

import dev.runbook.event.Actor;
import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** This process: who runs it, where, which signals reach it, and whether what it prints arrives. */
public final class ThisProcess {
    /** This program but for what rehearses, checks files and looks at computers; and the libraries that a run works with. */
    private static final Pattern IN_A_RUN = Pattern.compile(
            "(dev/runbook/(?!rehearsal/|lint/|rule/|doctor/)|tools/jackson/"
                    + "|com/fasterxml/|com/microsoft/|mssql/|org/apache/commons/exec/|com/github/mustachejava/).*\\.class");

    private ThisProcess() {}

    /**
     * For the journal.
     *
     * @param version of this program
     */
    public static Actor actor(String version) {
        String user = System.getProperty("user.name", "somebody");
        return new Actor(user, host(), ProcessHandle.current().pid(), version);
    }

    /** Whether a process of this computer that was at work at that moment still is. */
    public static boolean isAlive(long process, Instant then) {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(found -> found.info()
                        .startInstant()
                        .map(start -> !start.isAfter(then))
                        .orElse(true))
                .isPresent();
    }

    /** The jar that this program was started from, as it was named then; {@code runbook.jar} where there is none. */
    public static String jar() {
        String from = ThisProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return from.endsWith(".jar") ? System.getProperty("java.class.path") : "runbook.jar";
    }

    /**
     * Loads what a run may need to its end, where the jar may lie on a share that is lost meanwhile: before this returns where it
     * is named by a share, and beside the work on Windows, where a drive may be one. Initializes nothing.
     */
    public static void load(boolean windows) {
        String jar = jar();
        if (!Files.isRegularFile(Path.of(jar))) {
            return;
        }
        if (jar.startsWith("//") || jar.startsWith("\\\\")) {
            load(new File(jar));
        } else if (windows) {
            Thread loader = new Thread(() -> load(new File(jar)), "loader");
            loader.setDaemon(true);
            loader.setPriority(Thread.MIN_PRIORITY);
            loader.start();
        }
    }

    private static void load(File jar) {
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (IN_A_RUN.matcher(name).matches()) {
                    load(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
                }
            }
        } catch (IOException e) {
            // what is missing is told where it is needed
            return;
        }
    }

    /** What a library can do without may lack what it builds on. */
    private static void load(String type) {
        try {
            Class.forName(type, false, ThisProcess.class.getClassLoader());
        } catch (ReflectiveOperationException | LinkageError e) {
            return;
        }
    }

    /** Its terminal; empty where its input or its output is none. From JDK 22 on Java has a console where there is no terminal too. */
    public static Optional<Console> terminal() {
        return Optional.ofNullable(System.console()).filter(console -> isTerminal(Console.class, console));
    }

    /**
     * Whether a console is a terminal.
     *
     * @param type {@link Console}, which can say so from JDK 22 on
     */
    static boolean isTerminal(Class<?> type, Object console) {
        try {
            return (boolean) type.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            // before JDK 22 there is a console only where there is a terminal
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** In what its terminal reads and writes characters, which on Windows is seldom what files are written in. */
    public static Charset terminalCharset() {
        return terminal().map(Console::charset).orElseGet(Charset::defaultCharset);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this computer";
        }
    }

    /**
     * From now on a signal runs an action instead of ending the program. Java has no published way to be told of Ctrl-C twice: a shutdown
     * hook is told once, when the end has already begun. The signals of {@code jdk.unsupported} are the way that every JDK from 17
     * on has; the compiler warns of naming them, so they are reached by reflection. Where they are missing, a signal simply ends
     * the program, and the journal holds.
     *
     * @param signal {@code INT} for Ctrl-C, {@code TERM}, {@code HUP}
     * @param action runs on a thread of its own, each time
     * @return whether it will
     */
    public static boolean onSignal(String signal, Runnable action) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            Object known = type.getConstructor(String.class).newInstance(signal);
            type.getMethod("handle", type, handler).invoke(null, known, ours);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /**
     * Whether it is a file or device that keeps what is written.
     *
     * @param windows where a pipe has a position too, and is known by that nothing in it can be locked
     */
    static boolean keeps(FileChannel out, boolean windows) {
        try {
            if (out.position() >= 0 && windows) {
                try (FileLock lock = out.tryLock(Long.MAX_VALUE - 1, 1, false)) {
                    return lock == null || lock.isValid();
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether something that was printed could not be written to a file or device that keeps it: a full disk. A pipe whose
     * reader has seen enough, such as {@code head}, is no loss; a pipe is what has no position.
     *
     * @param out the standard output of this process
     */
    @SuppressWarnings("resource") // the standard output is not ours to close
    public static boolean isLost(PrintStream out) {
        if (!out.checkError()) {
            return false;
        }
        return keeps(new FileOutputStream(FileDescriptor.out).getChannel(), File.separatorChar == '\\');
    }
}
