package dev.runbook.console;

import java.lang.reflect.Proxy;

/**
 * Hears Ctrl-C. Java has no published way to hear it twice: a shutdown hook is told once, when the end has already begun. The
 * signals of {@code jdk.unsupported} are the way that every JDK from 17 on has; the compiler warns of naming them, so they are
 * reached by reflection. Where they are missing, Ctrl-C simply ends the program, and the journal holds.
 */
public final class Interrupts {
    private Interrupts() {}

    /**
     * From now on Ctrl-C runs an action instead of ending the program.
     *
     * @param action runs on a thread of its own, each time
     * @return whether it will
     */
    public static boolean hear(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, ours);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
