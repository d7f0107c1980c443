package dev.runbook.session;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.powershell.ShellLauncher;
import java.util.function.UnaryOperator;

/**
 * Where a run plays: in the real world, or in a rehearsal.
 *
 * @param launcher starts management shells
 * @param cast puts somebody beside or in place of the person at the terminal
 * @param reach what may be touched of everything that the endpoints can reach
 * @param lasting whether it is still there when the process has ended, so that a run can be resumed
 */
public record Stage(
        ShellLauncher launcher, UnaryOperator<Operator> cast, UnaryOperator<Endpoints> reach, boolean lasting) {}
