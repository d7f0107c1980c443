package dev.runbook.rehearsal.fence;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Shell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import java.util.Optional;

/**
 * Endpoints that reach a scene alone.
 *
 * @param endpoints those of a real run, with the scene's own management shell behind them
 * @param fence what belongs to the scene
 */
public record FencedEndpoints(Endpoints endpoints, Fence fence) implements Endpoints {
    @Override
    public SqlServer sqlServer(SqlTarget target) {
        Optional<Failure> refusal = fence.refusal(target);
        return refusal.isPresent() ? new OutsideServer(refusal.get()) : endpoints.sqlServer(target);
    }

    @Override
    public Shell shell(ShellTarget target) {
        return endpoints.shell(target);
    }

    @Override
    public FileSystemEndpoint files() {
        return new FencedFiles(endpoints.files(), fence);
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
