package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.plan.Supplies;
import io.cnishift.cli.explain.CodeBook;
import io.cnishift.cli.input.Settings;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.SchemaGenerator;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.compare.Comparison;
import io.cnishift.engine.inspect.Inspection;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.policy.Policy;
import io.cnishift.engine.rehearse.CheckedStep;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.StatusReport;
import io.cnishift.engine.rollback.RollbackPlan;
import io.cnishift.engine.verify.Verification;
import java.util.Map;
import java.util.TreeMap;

/** The documents that other programs may rely on: what {@code -o json} prints, and the files that users keep. */
public final class Published {

    private Published() {}

    /** The JSON Schema of each by the name of its file under {@code docs/schema}. */
    public static Map<String, String> schemas(Codec codec) {
        SchemaGenerator generator = new SchemaGenerator(codec);
        Map<String, String> schemas = new TreeMap<>();
        schemas.put("snapshot.schema.json", generator.schema(ClusterSnapshot.class, Style.DOCUMENT));
        schemas.put("plan.schema.json", generator.schema(MigrationPlan.class, Style.DOCUMENT));
        schemas.put("intent.schema.json", generator.schema(Intent.class, Style.DOCUMENT));
        schemas.put("settings.schema.json", generator.schema(Settings.class, Style.DOCUMENT));
        schemas.put("inspect.schema.json", generator.schema(Inspection.class, Style.RESULT));
        schemas.put("compare.schema.json", generator.schema(Comparison.class, Style.RESULT));
        schemas.put("run.schema.json", generator.schema(RunReport.class, Style.RESULT));
        schemas.put("status.schema.json", generator.schema(StatusReport.class, Style.RESULT));
        schemas.put("verify.schema.json", generator.schema(Verification.class, Style.RESULT));
        schemas.put("migrations.schema.json", generator.listSchema(MigrationLine.class, Style.RESULT));
        schemas.put("max-pods.schema.json", generator.listSchema(InstanceMaxPods.class, Style.RESULT));
        schemas.put("images.schema.json", generator.schema(Supplies.class, Style.RESULT));
        schemas.put("strategies.schema.json", generator.listSchema(StrategiesCommand.StrategyLine.class, Style.RESULT));
        schemas.put("policy.schema.json", generator.schema(Policy.class, Style.RESULT));
        schemas.put("rollback.schema.json", generator.schema(RollbackPlan.class, Style.RESULT));
        schemas.put("saved-plan.schema.json", generator.schema(PlanCommand.Saved.class, Style.RESULT));
        schemas.put("refused-plan.schema.json", generator.schema(Refusals.Refused.class, Style.RESULT));
        schemas.put("dry-run.schema.json", generator.listSchema(DryRun.StepCommands.class, Style.RESULT));
        schemas.put("server-dry-run.schema.json", generator.listSchema(CheckedStep.class, Style.RESULT));
        schemas.put("version.schema.json", generator.schema(VersionCommand.Version.class, Style.RESULT));
        schemas.put("codes.schema.json", generator.listSchema(CodeBook.Explanation.class, Style.RESULT));
        return schemas;
    }
}
