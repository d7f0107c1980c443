package dev.runbook.session;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.powershell.ShellLauncher;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where a run plays: in the real world, or in a rehearsal.
 *
 * @param launcher starts management shells
 * @param cast puts somebody beside or in place of the person at the terminal
 * @param reach what may be touched of everything that the endpoints can reach
 * @param scene in which a rehearsal begins, whose estate is gone when the process has ended; empty for a run, which can be resumed
 */
public record Stage(
        ShellLauncher launcher, UnaryOperator<Operator> cast, UnaryOperator<Endpoints> reach, Optional<String> scene) {}
