package dev.runbook.console;

import java.lang.reflect.Proxy;

/**
 * Hears Ctrl-C, and the signals by which a system ends programs. Java has no published way to hear one twice: a shutdown hook is
 * told once, when the end has already begun. The signals of {@code jdk.unsupported} are the way that every JDK from 17 on has;
 * the compiler warns of naming them, so they are reached by reflection. Where they are missing, a signal simply ends the
 * program, and the journal holds.
 */
public final class Interrupts {
    private Interrupts() {}

    /**
     * From now on a signal runs an action instead of ending the program.
     *
     * @param signal {@code INT} for Ctrl-C, {@code TERM}, {@code HUP}
     * @param action runs on a thread of its own, each time
     * @return whether it will
     */
    public static boolean hear(String signal, Runnable action) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            Object heard = type.getConstructor(String.class).newInstance(signal);
            type.getMethod("handle", type, handler).invoke(null, heard, ours);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
