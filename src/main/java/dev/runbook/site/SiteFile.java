package dev.runbook.site;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads a site file: one flat map of values by variable, shared by all runbooks of a site. */
public final class SiteFile {
    private SiteFile() {}

    /** The values in the order written; what is wrong with them never shows the value of a secret of the runbook. */
    public static Checked<Map<String, SuppliedValue>> read(Source source, Runbook runbook) {
        return read(source.hiding(runbook.variables().values().stream()
                .filter(variable -> variable.type() == Variable.Type.SECRET)
                .map(variable -> variable.name().text())
                .collect(Collectors.toSet())));
    }

    /** The values in the order written. */
    public static Checked<Map<String, SuppliedValue>> read(Source source) {
        Checked<Node> tree = YamlReader.read(source);
        if (tree.value().isEmpty()) {
            return Checked.failed(tree.diagnostics());
        }
        if (!(tree.value().get() instanceof Node.Mapping map)) {
            return Checked.failed(
                    List.of(
                            Diagnostic.error(
                                    tree.value().get().origin(),
                                    "site-file",
                                    "A site file is a map of values by variable, one on each line, such as pool_fqdn: pool1.example.com.")));
        }
        Map<String, SuppliedValue> values = new LinkedHashMap<>();
        map.entries()
                .forEach(entry -> values.put(
                        entry.key().value(),
                        new SuppliedValue(entry.value(), entry.key().origin())));
        return Checked.of(values, tree.diagnostics());
    }
}
