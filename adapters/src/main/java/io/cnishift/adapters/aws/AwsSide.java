package io.cnishift.adapters.aws;

import io.cnishift.adapters.guard.Look;
import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.adapters.reading.Lazy;
import io.cnishift.adapters.reading.PartReader;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.Limits;
import io.cnishift.adapters.resilience.ResilientCalls;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.eks.model.Cluster;

/** AWS, reached with one set of credentials in one region. Nothing is contacted before something is asked. */
public final class AwsSide implements AutoCloseable {

    private final AwsIdentity identity;
    private final AwsApis apis;
    private final TimeSource time;
    private final ResilientCalls calls;
    private final Optional<String> migration;
    private final AlarmApi alarms;

    /** One account and region, for no migration in particular. */
    public AwsSide(ConnectionSettings settings, Environment environment, TimeSource time, CallMetrics metrics) {
        this(settings, environment, time, metrics, Optional.empty());
    }

    /**
     * One account and region.
     *
     * @param migration id of the migration that asks
     */
    public AwsSide(
            ConnectionSettings settings,
            Environment environment,
            TimeSource time,
            CallMetrics metrics,
            Optional<String> migration) {
        this.identity = new AwsIdentity(settings, environment, migration);
        this.time = time;
        this.migration = migration;
        this.calls = new ResilientCalls(time, new AwsFaults(identity::login), Limits.STANDARD, metrics);
        this.apis = AwsApis.of(new SdkClients(identity, Optional.empty()), calls);
        this.alarms = new AlarmApi(new Lazy<>(() -> identity.client(CloudWatchClient.builder(), Optional.empty())));
    }

    /**
     * The AWS parts of a cluster, to be read and written.
     *
     * @param kubernetes what only the API server knows; asked when the parts need it
     */
    public RealAwsPort port(String cluster, KubernetesFacts kubernetes) {
        SdkClients clients = new SdkClients(identity, Optional.of(ActCalls.ANSWER));
        return new RealAwsPort(cluster, reader(cluster, kubernetes), clients, calls, time, migration);
    }

    /**
     * Reads the AWS parts of a cluster.
     *
     * @param kubernetes what only the API server knows; asked when the parts need it
     */
    public PartReader reader(String cluster, KubernetesFacts kubernetes) {
        return parts -> new AwsReader(apis, lookup(cluster), kubernetes).read(parts);
    }

    /**
     * Where the API server of a cluster is.
     *
     * @throws MigrationException when the cluster cannot be found or read
     */
    public ApiServer apiServer(String cluster) {
        Cluster found = lookup(cluster).describe();
        if (found.endpoint() == null) {
            throw new MigrationException(
                    "CLUSTER-UNREADABLE",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.RETRY,
                    "cluster " + cluster + " has no API server yet; its status is " + found.statusAsString(),
                    "wait until it is ACTIVE",
                    null);
        }
        String authority = found.certificateAuthority() == null
                ? ""
                : ClusterRecords.text(found.certificateAuthority().data());
        return new ApiServer(found.endpoint(), authority);
    }

    /** Tokens for the API server of a cluster, renewed as needed. */
    public Supplier<String> tokens(String cluster) {
        return new EksTokens(cluster, identity.region().id(), identity.tokenEndpoint(), identity.credentials(), time);
    }

    /**
     * The limits of all instance types of the region, as EC2 tells them now.
     *
     * @throws MigrationException when EC2 does not tell
     */
    public InstanceTable instanceTypes() {
        InstanceTable known = InstanceTable.embedded();
        try {
            List<InstanceLimits> limits = apis.ec2().instanceTypes().stream()
                    .map(info -> InstanceRecords.limits(info, known.find(info.instanceTypeAsString())))
                    .flatMap(Optional::stream)
                    .toList();
            return InstanceTable.of(limits);
        } catch (CallFailure failure) {
            throw failure.ends(
                    "AWS-INSTANCE-TYPES",
                    "instance types of " + identity.where() + " cannot be read: "
                            + failure.fault().reason());
        }
    }

    /** The state of a CloudWatch alarm of the region, by its name. */
    public Function<String, Look> alarms() {
        return alarms::look;
    }

    private ClusterLookup lookup(String cluster) {
        return new ClusterLookup(apis.eks(), cluster, identity.where());
    }

    /** Closes all clients. */
    @Override
    public void close() {
        identity.close();
    }
}
