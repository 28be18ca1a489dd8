package io.cnishift.adapters.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.reading.Lazy;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.Limits;
import io.cnishift.adapters.resilience.ResilientCalls;
import io.cnishift.api.port.Reading;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClientBuilder;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.EksClientBuilder;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2ClientBuilder;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.IamClientBuilder;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.Route53ClientBuilder;

/**
 * The wire that the SDK talks to: answers each operation with the replies that a test put there, the last one for ever, and
 * keeps what was asked. An operation without a reply gets what {@link #otherwise} says.
 */
final class StubAws implements AwsClients, AutoCloseable {

    static final String MIGRATION = "shop-1";

    private static final Map<String, String> VERBS = Map.of("GET", "Describe", "DELETE", "Delete", "POST", "Create");
    private static final Reply UNEXPECTED = error(400, "ValidationException", "no reply for this in the test");

    /** What was asked. */
    record Asked(String operation, String path, Map<String, String> form, Map<String, Object> json) {}

    /** An answer; the status 0 is none. */
    record Reply(int status, String type, String body) {}

    final FakeTime time = new FakeTime();
    final CallMetrics metrics = new CallMetrics();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Reply>> replies = new HashMap<>();
    private final Map<String, Runnable> happenings = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final Lazy<EksClient> eks = new Lazy<>(() -> this.<EksClient, EksClientBuilder>client(EksClient.builder()));
    private final Lazy<Ec2Client> ec2 = new Lazy<>(() -> this.<Ec2Client, Ec2ClientBuilder>client(Ec2Client.builder()));
    private final Lazy<AutoScalingClient> autoScaling =
            new Lazy<>(() -> this.<AutoScalingClient, AutoScalingClientBuilder>client(AutoScalingClient.builder()));
    private final Lazy<ElasticLoadBalancingV2Client> loadBalancing =
            new Lazy<>(() -> this.<ElasticLoadBalancingV2Client, ElasticLoadBalancingV2ClientBuilder>client(
                    ElasticLoadBalancingV2Client.builder()));
    private final Lazy<IamClient> iam = new Lazy<>(() -> this.<IamClient, IamClientBuilder>client(IamClient.builder()));
    private final Lazy<Route53Client> names =
            new Lazy<>(() -> this.<Route53Client, Route53ClientBuilder>client(Route53Client.builder()));
    private final HttpServer server;
    private Reply otherwise = UNEXPECTED;
    private Duration limit = Duration.ofSeconds(10);

    StubAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** The answers to an operation, such as {@code eks:CreateNodegroup}, one after the other. */
    StubAws on(String operation, Reply... answers) {
        replies.put(operation, new ArrayDeque<>(Arrays.asList(answers)));
        return this;
    }

    /** Something that happens while that operation is being answered. */
    StubAws whenAsked(String operation, Runnable happens) {
        happenings.put(operation, happens);
        return this;
    }

    StubAws otherwise(Reply reply) {
        otherwise = reply;
        return this;
    }

    StubAws limit(Duration value) {
        limit = value;
        return this;
    }

    /** Forgets replies and requests. */
    void reset() {
        replies.clear();
        happenings.clear();
        asked.clear();
        otherwise = UNEXPECTED;
    }

    static Reply ok(String body) {
        return new Reply(200, "", body);
    }

    static Reply none() {
        return new Reply(0, "", "");
    }

    /** An error as each protocol writes it. */
    static Reply error(int status, String code, String message) {
        return new Reply(
                status,
                code,
                "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error></Errors></Response>");
    }

    RealAwsPort port() {
        return port(Optional.of(MIGRATION));
    }

    RealAwsPort port(Optional<String> migration) {
        ResilientCalls calls = new ResilientCalls(time, new AwsFaults(), Limits.STANDARD, metrics);
        return new RealAwsPort("shop", parts -> new Reading(List.of(), List.of()), this, calls, time, migration);
    }

    List<Asked> asked(String operation) {
        return asked.stream().filter(a -> a.operation().equals(operation)).toList();
    }

    /** The one request of that operation. */
    Asked one(String operation) {
        List<Asked> all = asked(operation);
        if (all.size() != 1) {
            throw new AssertionError("not one " + operation + " but " + all + " among " + asked);
        }
        return all.get(0);
    }

    /** Operations that were asked for, without the looking. */
    List<String> writes() {
        return asked.stream()
                .map(Asked::operation)
                .filter(o -> !o.matches(".*:(Describe|List|Get).*"))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean form = body.startsWith("Action=");
        Map<String, String> fields = form ? form(body) : Map.of();
        String operation = form ? service(fields) + ":" + fields.get("Action") : path(exchange);
        asked.add(new Asked(
                operation,
                exchange.getRequestURI().getPath(),
                fields,
                form || !body.startsWith("{") ? Map.of() : json(body)));
        happenings.getOrDefault(operation, () -> {}).run();
        Reply reply = reply(operation);
        if (reply.status() == 0) {
            return;
        }
        boolean failed = reply.status() >= 300;
        if (failed && !reply.type().isEmpty()) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", reply.type());
        }
        String text = !failed ? reply.body() : error(operation, reply);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String error(String operation, Reply reply) {
        if (operation.startsWith("eks:")) {
            return Serialization.asJson(
                    Map.of("message", reply.body().replaceAll("(?s).*<Message>(.*)</Message>.*", "$1")));
        }
        return operation.startsWith("ec2:")
                ? reply.body()
                : reply.body()
                        .replace("<Response><Errors>", "<ErrorResponse>")
                        .replace("</Errors></Response>", "</ErrorResponse>");
    }

    private synchronized Reply reply(String operation) {
        Deque<Reply> mine = replies.getOrDefault(operation, new ArrayDeque<>(List.of(otherwise)));
        Reply next = mine.getFirst();
        if (mine.size() > 1) {
            mine.removeFirst();
        }
        return next;
    }

    private static String service(Map<String, String> form) {
        return switch (form.getOrDefault("Version", "")) {
            case "2010-05-08" -> "iam";
            case "2011-01-01" -> "autoscaling";
            case "2015-12-01" -> "elasticloadbalancing";
            case "2016-11-15" -> "ec2";
            default -> "unknown";
        };
    }

    private static String path(HttpExchange exchange) {
        boolean names = exchange.getRequestURI().getPath().startsWith("/2013-04-01/");
        return names ? route53(exchange) : eks(exchange);
    }

    private static String route53(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("POST")
                ? "route53:ChangeResourceRecordSets"
                : exchange.getRequestURI().getPath().contains("/rrset")
                        ? "route53:ListResourceRecordSets"
                        : "route53:ListHostedZones";
    }

    private static String eks(HttpExchange exchange) {
        String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
        String method = exchange.getRequestMethod();
        if (path.length <= 3) {
            return "eks:" + VERBS.get(method) + "Cluster";
        }
        if (path[3].equals("pod-identity-associations")) {
            String verb = path.length == 4 && method.equals("GET") ? "List" : VERBS.get(method);
            return "eks:" + verb + "PodIdentityAssociation" + (verb.equals("List") ? "s" : "");
        }
        if (path[3].equals("access-entries")) {
            return "eks:" + access(path, method);
        }
        if (path[3].equals("fargate-profiles")) {
            String verb = path.length == 4 && method.equals("GET") ? "List" : VERBS.get(method);
            return "eks:" + verb + "FargateProfile" + (verb.equals("List") ? "s" : "");
        }
        String thing = path.length > 3 && path[3].equals("addons") ? "Addon" : "Nodegroup";
        String verb = path.length > 5
                ? "Update"
                : path.length > 4
                        ? Map.of("GET", "Describe", "DELETE", "Delete").get(method)
                        : method.equals("POST") ? "Create" : "List";
        String suffix = verb.equals("Update") && thing.equals("Nodegroup") ? "Config" : verb.equals("List") ? "s" : "";
        return "eks:" + verb + thing + suffix;
    }

    private static String access(String[] path, String method) {
        if (path.length > 5) {
            return method.equals("GET")
                    ? "ListAssociatedAccessPolicies"
                    : method.equals("POST") ? "AssociateAccessPolicy" : "DisassociateAccessPolicy";
        }
        return path.length == 4 && method.equals("GET") ? "ListAccessEntries" : VERBS.get(method) + "AccessEntry";
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            fields.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String body) {
        return Serialization.unmarshal(body, Map.class);
    }

    private <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(B builder) {
        return builder.endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(http)
                .overrideConfiguration(
                        o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(limit))
                .build();
    }

    @Override
    public EksClient eks() {
        return eks.get();
    }

    @Override
    public Ec2Client ec2() {
        return ec2.get();
    }

    @Override
    public AutoScalingClient autoScaling() {
        return autoScaling.get();
    }

    @Override
    public ElasticLoadBalancingV2Client loadBalancing() {
        return loadBalancing.get();
    }

    @Override
    public IamClient iam() {
        return iam.get();
    }

    @Override
    public Route53Client names() {
        return names.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        http.close();
    }
}
