package dev.runbook.lint;

import dev.runbook.cmdlet.CmdletReference;
import dev.runbook.rule.Rule;
import dev.runbook.rule.cmdlet.AvoidedParameter;
import dev.runbook.rule.cmdlet.CodeInParameter;
import dev.runbook.rule.cmdlet.MissingParameter;
import dev.runbook.rule.cmdlet.ParameterValue;
import dev.runbook.rule.cmdlet.SpaceAfterService;
import dev.runbook.rule.cmdlet.UnansweredQuestion;
import dev.runbook.rule.cmdlet.UnknownCmdlet;
import dev.runbook.rule.cmdlet.UnknownParameter;
import dev.runbook.rule.fact.AmbiguousName;
import dev.runbook.rule.fact.AmbiguousShell;
import dev.runbook.rule.fact.ChangingFact;
import dev.runbook.rule.fact.FilesPattern;
import dev.runbook.rule.fact.ForEach;
import dev.runbook.rule.fact.MatcherType;
import dev.runbook.rule.fact.NeedlessOptional;
import dev.runbook.rule.fact.UnknownMatchedColumn;
import dev.runbook.rule.fact.UnusedFact;
import dev.runbook.rule.fact.UnusedVariable;
import dev.runbook.rule.fact.VariableValue;
import dev.runbook.rule.fact.WrongServer;
import dev.runbook.rule.sql.AppendingBackup;
import dev.runbook.rule.sql.BatchSeparator;
import dev.runbook.rule.sql.CutOffBackup;
import dev.runbook.rule.sql.ImplicitRecovery;
import dev.runbook.rule.sql.KillWithoutNumber;
import dev.runbook.rule.sql.ProcedureValue;
import dev.runbook.rule.sql.ReplaceAtSource;
import dev.runbook.rule.sql.SessionState;
import dev.runbook.rule.sql.SeveralStatements;
import dev.runbook.rule.sql.TagInLike;
import dev.runbook.rule.sql.UnconfirmedLoss;
import dev.runbook.rule.sql.ValueInSql;
import dev.runbook.rule.step.DuplicateStep;
import dev.runbook.rule.step.HalfWrittenFile;
import dev.runbook.rule.step.MissingRollback;
import dev.runbook.rule.step.NoBeforeSentence;
import dev.runbook.rule.step.OptionalWithoutWhen;
import dev.runbook.rule.step.UnconfirmedNoReturn;
import dev.runbook.rule.step.UnknownCondition;
import dev.runbook.rule.step.UnknownRemembered;
import dev.runbook.rule.step.UnknownStep;
import dev.runbook.rule.step.UnseenAction;
import dev.runbook.rule.step.WithinWithoutDoneWhen;
import dev.runbook.rule.step.WordlessNoReturn;
import dev.runbook.rule.tag.RefusedTag;
import dev.runbook.rule.tag.SecretShown;
import dev.runbook.rule.tag.TagInSql;
import dev.runbook.rule.tag.UnknownColumn;
import dev.runbook.rule.tag.UnknownName;
import dev.runbook.rule.tag.UnknownPart;
import dev.runbook.rule.text.BothDatabases;
import dev.runbook.rule.text.LongLine;
import dev.runbook.rule.text.LookalikeCharacter;
import dev.runbook.rule.text.UnquotedNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every rule there is. */
public final class Rules {
    private Rules() {}

    /** With the cmdlets that are known to the program. */
    public static List<Rule> all() {
        return all(CmdletReference.shipped());
    }

    /** In the order in which they are documented: names, tags, steps, T-SQL, cmdlets, facts and variables, characters. */
    public static List<Rule> all(CmdletReference cmdlets) {
        return List.of(
                new UnknownName(),
                new UnknownColumn(),
                new UnknownPart(),
                new RefusedTag(),
                new TagInSql(),
                new ValueInSql(),
                new SecretShown(),
                new DuplicateStep(),
                new UnknownStep(),
                new UnknownCondition(),
                new NoBeforeSentence(),
                new UnknownRemembered(),
                new OptionalWithoutWhen(),
                new MissingRollback(),
                new UnconfirmedNoReturn(),
                new WordlessNoReturn(),
                new UnseenAction(),
                new WithinWithoutDoneWhen(),
                new HalfWrittenFile(),
                new BatchSeparator(),
                new SeveralStatements(),
                new SessionState(),
                new ImplicitRecovery(),
                new UnconfirmedLoss(),
                new ReplaceAtSource(),
                new AppendingBackup(),
                new CutOffBackup(),
                new KillWithoutNumber(),
                new ProcedureValue(),
                new TagInLike(),
                new UnknownCmdlet(cmdlets),
                new UnknownParameter(cmdlets),
                new MissingParameter(cmdlets),
                new ParameterValue(cmdlets),
                new UnansweredQuestion(cmdlets),
                new AvoidedParameter(cmdlets),
                new SpaceAfterService(),
                new CodeInParameter(),
                new WrongServer(),
                new AmbiguousShell(),
                new ForEach(),
                new ChangingFact(),
                new FilesPattern(),
                new UnknownMatchedColumn(),
                new MatcherType(),
                new AmbiguousName(),
                new UnusedFact(),
                new UnusedVariable(),
                new VariableValue(),
                new NeedlessOptional(),
                new UnquotedNull(),
                new BothDatabases(),
                new LookalikeCharacter(),
                new LongLine());
    }

    /** The id of each rule, with whether its errors can be switched off. */
    static Map<String, Boolean> switchable(List<Rule> rules) {
        Map<String, Boolean> switchable = new LinkedHashMap<>();
        rules.forEach(rule -> switchable.put(rule.id(), rule.about().switchable()));
        return switchable;
    }
}
