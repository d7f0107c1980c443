package dev.runbook.lint;

import dev.runbook.rule.Rule;
import dev.runbook.rule.fact.AmbiguousName;
import dev.runbook.rule.fact.AmbiguousShell;
import dev.runbook.rule.fact.ChangingFact;
import dev.runbook.rule.fact.ForEach;
import dev.runbook.rule.fact.NeedlessOptional;
import dev.runbook.rule.fact.UnknownMatchedColumn;
import dev.runbook.rule.fact.WrongServer;
import dev.runbook.rule.sql.BatchSeparator;
import dev.runbook.rule.sql.CutOffBackup;
import dev.runbook.rule.step.DuplicateStep;
import dev.runbook.rule.step.MissingRollback;
import dev.runbook.rule.step.OptionalWithoutWhen;
import dev.runbook.rule.step.UnknownCondition;
import dev.runbook.rule.step.UnknownRemembered;
import dev.runbook.rule.step.UnseenAction;
import dev.runbook.rule.tag.RefusedTag;
import dev.runbook.rule.tag.SecretShown;
import dev.runbook.rule.tag.TagInSql;
import dev.runbook.rule.tag.UnknownColumn;
import dev.runbook.rule.tag.UnknownName;
import dev.runbook.rule.tag.UnknownPart;
import java.util.List;

/** Every rule there is. */
public final class Rules {
    private Rules() {}

    /** In the order in which they are documented: names, tags, steps, facts. */
    public static List<Rule> all() {
        return List.of(
                new UnknownName(),
                new UnknownColumn(),
                new UnknownPart(),
                new RefusedTag(),
                new TagInSql(),
                new SecretShown(),
                new DuplicateStep(),
                new UnknownCondition(),
                new UnknownRemembered(),
                new MissingRollback(),
                new UnseenAction(),
                new BatchSeparator(),
                new CutOffBackup(),
                new OptionalWithoutWhen(),
                new WrongServer(),
                new AmbiguousShell(),
                new ForEach(),
                new ChangingFact(),
                new UnknownMatchedColumn(),
                new AmbiguousName(),
                new NeedlessOptional());
    }
}
