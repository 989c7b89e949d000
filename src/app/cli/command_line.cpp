#include "app/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app/cli/admin_commands.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/demo_commands.hpp"
#include "app/cli/evaluate_commands.hpp"
#include "app/doctor.hpp"
#include "app/server.hpp"
#include "app/version.hpp"

namespace countersign::app {
namespace {

using cli::EvaluateOptions;
using cli::IntegrationOptions;
using cli::Output;
using cli::SubjectOptions;

/// What the words on the command line chose; run after parsing.
struct Invocation {
    std::string config_file;
    bool as_json{false};
    std::function<int()> run;
    cli::AdminOptions admin;
    IntegrationOptions integration;
    SubjectOptions subject;
    cli::BenchOptions bench;
    demo::SeedOptions seed;
    EvaluateOptions evaluate;
    std::string name;

    const Environment environment = [](const std::string& variable) -> const char* {
        return std::getenv(variable.c_str());
    };

    int finish(const Result<Output>& outcome) const { return cli::print(outcome, as_json); }

    int with_config(const std::function<Result<Output>(const Config&)>& command) const {
        const Result<Config> config = load_config(config_file, environment);
        if (!config) return finish(tl::unexpected(config.error()));
        return finish(command(*config));
    }
    int with_core(const std::function<Result<Output>(Core&)>& command) const {
        return with_config([&](const Config& config) -> Result<Output> {
            const auto core = CS_TRY(Core::open(config, environment));
            return command(*core);
        });
    }
};

void add_server_commands(CLI::App& app, Invocation& call) {
    app.add_subcommand("serve", "Run the server until SIGTERM or SIGINT")->callback([&call] {
        call.run = [&call] {
            const Result<Config> config = load_config(call.config_file, call.environment);
            if (!config) return call.finish(tl::unexpected(config.error()));
            const Result<void> served = serve(*config, call.environment);
            return served ? 0 : call.finish(tl::unexpected(served.error()));
        };
    });
    app.add_subcommand("migrate", "Create the database or bring its schema up to date")->callback([&call] {
        call.run = [&call] { return call.with_config(cli::migrate); };
    });
    app.add_subcommand("doctor", "Check configuration, database, keys, models and clock")->callback([&call] {
        call.run = [&call] { return run_doctor(call.config_file, call.environment, call.as_json); };
    });
    app.add_subcommand("version", "Print the version")->callback([&call] {
        call.run = [&call] {
            return call.finish(Output{{{"version", kVersion}}, fmt::format("countersign {}\n", kVersion)});
        };
    });
    CLI::App* keys = app.add_subcommand("keys", "Master keys")->require_subcommand(1);
    const auto on_keys = [&](const char* name, const char* help, auto act) {
        keys->add_subcommand(name, help)->callback([&call, act] {
            call.run = [&call, act] {
                return call.with_config([&](const Config& config) { return act(config, call.environment); });
            };
        });
    };
    on_keys("rotate", "Make a new master key; the server takes it when it is reloaded or started",
            cli::keys_rotate);
    on_keys("retire", "Drop the former master keys, once nothing hangs on them", cli::keys_retire);
}

void add_tenant_commands(CLI::App& app, Invocation& call) {
    CLI::App* tenant = app.add_subcommand("tenant", "Organisations, kept apart")->require_subcommand(1);
    CLI::App* create = tenant->add_subcommand("create", "Create a tenant");
    create->add_option("--name", call.name, "Display name, unique")->required();
    create->callback([&call] {
        call.run = [&call] {
            return call.with_core([&](Core& core) { return cli::tenant_create(core, call.name); });
        };
    });
    tenant->add_subcommand("list", "List the tenants")->callback([&call] {
        call.run = [&call] { return call.with_core(cli::tenant_list); };
    });
    CLI::App* audit = app.add_subcommand("audit", "Audit trail")->require_subcommand(1);
    CLI::App* verify = audit->add_subcommand("verify", "Recompute a tenant's hash chain");
    verify->add_option("--tenant", call.name, "Tenant id or name")->required();
    verify->callback([&call] {
        call.run = [&call] {
            return call.with_core([&](Core& core) { return cli::audit_verify(core, call.name); });
        };
    });
}

using AdminCommand = Result<Output> (*)(Core&, const Config&, const cli::AdminOptions&);

void add_admin_commands(CLI::App& app, Invocation& call) {
    CLI::App* admin = app.add_subcommand("admin", "Administrators of the portal: the operator's way back in")
                          ->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, AdminCommand command) {
        CLI::App* added = admin->add_subcommand(name, help);
        added->callback([&call, command] {
            call.run = [&call, command] {
                return call.with_config([&](const Config& config) -> Result<Output> {
                    const auto core = CS_TRY(Core::open(config, call.environment));
                    return command(*core, config, call.admin);
                });
            };
        });
        return added;
    };
    const auto with_email = [&](CLI::App* command) {
        command->add_option("--email", call.admin.email, "E-mail address of the account")->required();
        return command;
    };
    CLI::App* owner =
        with_email(add("create-owner", "Make an owner of every tenant", cli::admin_create_owner));
    owner->add_option("--name", call.admin.name, "Name of the person")->required();
    owner->add_option("--organisation", call.admin.organisation,
                      "Tenant to make as well, when there is none");
    add("list", "List the administrators", cli::admin_list);
    with_email(add("reset-password", "Print a link that sets a new password", cli::admin_reset_password));
    with_email(add("reset-second-factor", "Take authenticator and recovery codes away",
                   cli::admin_reset_second_factor));
    with_email(add("revoke-sessions", "Sign an administrator out everywhere", cli::admin_revoke_sessions));
}

void add_settings(CLI::App& command, IntegrationOptions& o) {
    command.add_option("--name", o.name, "Display name");
    command.add_option("--enabled", o.enabled, "true or false");
    command.add_option("--allow-self-enrolment", o.allow_self_enrolment, "true or false");
    command.add_option("--return-domain", o.return_domains, "Auth0 host to return to; repeat for several");
    command.add_option("--request-mode", o.request_mode, "always or on-demand; a hint for people");
    command.add_option("--claim-namespace", o.claim_namespace, "URL of the custom claim");
    command.add_option("--liveness", o.liveness, "passive, active or both");
    command.add_option("--target-fmr", o.target_fmr, "False match rate of the comparison, 1e-6 to 1e-3");
    command.add_option("--attempts", o.max_attempts, "Attempts per verification, 1 to 10");
    command.add_option("--session-minutes", o.session_minutes, "Lifetime of a verification, 1 to 30");
    command.add_option("--adapt-templates", o.adapt_templates,
                       "Strong matches add samples to the credential (default false; needs both checks)");
    command.add_option("--allow-insecure-loopback", o.allow_insecure_loopback,
                       "true lets a return domain be 127.0.0.1 over http, for demonstrations");
}

void add_bench_commands(CLI::App& app, Invocation& call) {
    CLI::App* bench = app.add_subcommand("bench", "Measure this machine")->require_subcommand(1);
    CLI::App* pipeline =
        bench->add_subcommand("pipeline", "CPU time of each stage of the face pipeline, one thread");
    pipeline->add_option("--pictures", call.bench.pictures, "Folder of pictures with one face each");
    pipeline->add_option("--rounds", call.bench.rounds, "Frames to measure")->check(CLI::Range(10, 100000));
    pipeline->callback([&call] {
        call.run = [&call] {
            return call.with_config(
                [&](const Config& config) { return cli::bench_pipeline(config, call.bench); });
        };
    });
}

using IntegrationCommand = Result<Output> (*)(Core&, const IntegrationOptions&);

CLI::App* add_integration(CLI::App& parent, Invocation& call, std::string name, std::string help,
                          IntegrationCommand command) {
    CLI::App* added = parent.add_subcommand(std::move(name), std::move(help));
    added->add_option("--tenant", call.integration.tenant, "Tenant id or name")->required();
    added->callback([&call, command] {
        call.run = [&call, command] {
            return call.with_core([&](Core& core) { return command(core, call.integration); });
        };
    });
    return added;
}

void add_integration_commands(CLI::App& app, Invocation& call) {
    CLI::App* parent =
        app.add_subcommand("integration", "Connections to identity providers")->require_subcommand(1);
    const auto id = [&call](CLI::App* command) {
        command->add_option("--integration", call.integration.integration, "Integration id")->required();
        return command;
    };
    add_settings(*add_integration(*parent, call, "create", "Create one; prints its secret, once",
                                  cli::integration_create),
                 call.integration);
    add_integration(*parent, call, "list", "List them", cli::integration_list);
    add_settings(
        *id(add_integration(*parent, call, "update", "Change the given settings", cli::integration_update)),
        call.integration);
    id(add_integration(*parent, call, "rotate-secret",
                       "Make a new secret; the old one stays valid for a while",
                       cli::integration_rotate_secret))
        ->add_option("--overlap-minutes", call.integration.overlap_minutes,
                     "How long the old secret stays valid");
}

using SubjectCommand = Result<Output> (*)(Core&, const SubjectOptions&);

void add_subject_commands(CLI::App& app, Invocation& call) {
    CLI::App* parent = app.add_subcommand("subject", "Enrolled users")->require_subcommand(1);
    const auto add = [&](std::string name, std::string help, SubjectCommand command) {
        CLI::App* added = parent->add_subcommand(std::move(name), std::move(help));
        added->add_option("--tenant", call.subject.tenant, "Tenant id or name")->required();
        added->callback([&call, command] {
            call.run = [&call, command] {
                return call.with_core([&](Core& core) { return command(core, call.subject); });
            };
        });
        return added;
    };
    const auto named = [&](CLI::App* command) {
        command->add_option("--subject", call.subject.subject, "Subject id or External identifier")
            ->required();
    };
    CLI::App* list = add("list", "List enrolled users", cli::subject_list);
    list->add_option("--after", call.subject.after, "Last subject id of the page before");
    list->add_option("--limit", call.subject.limit, "Page size")->check(CLI::Range(1, 1000));
    named(add("show", "Show one with credentials and consents", cli::subject_show));
    named(add("delete", "Delete one and destroy its key", cli::subject_delete));
    named(add("unlock", "Make one active again with fresh counters", cli::subject_unlock));
    CLI::App* forget =
        add("forget-adapted", "Take back samples that strong matches added", cli::subject_forget_adapted);
    named(forget);
    forget->add_option("--sample", call.subject.sample, "One, as `subject show` names it; default: all");
    CLI::App* re_enrol =
        add("re-enrol", "Revoke templates, so that the next login enrols a face where it may",
            cli::subject_re_enrol);
    CLI::App* whom = re_enrol->add_option_group("whom")->require_option(1);
    whom->add_option("--subject", call.subject.subject, "One: subject id or External identifier");
    whom->add_option("--model", call.subject.model,
                     "Everybody whose templates are of this embedding model; `doctor` names the models");
}

using EvaluateCommand = Result<Output> (*)(const Config&, const EvaluateOptions&);

void add_evaluate_commands(CLI::App& app, Invocation& call) {
    CLI::App* parent =
        app.add_subcommand("evaluate", "Measure the face engine on files of your own")->require_subcommand(1);
    const auto add = [&](std::string name, std::string help, std::string list, EvaluateCommand command) {
        CLI::App* added = parent->add_subcommand(std::move(name), std::move(help));
        added->add_option(std::move(list), call.evaluate.list, "CSV file with a header line")->required();
        added->add_option("--root", call.evaluate.root,
                          "Folder that relative paths of the list start from; default: the list's own");
        added->add_option("--report", call.evaluate.report, "HTML file to write, with plots");
        added->callback([&call, command] {
            call.run = [&call, command] {
                return call.with_config([&](const Config& config) { return command(config, call.evaluate); });
            };
        });
        return added;
    };
    const auto with_templates = [&](CLI::App* command) {
        command
            ->add_option("--group", call.evaluate.groups,
                         "Column that divides the comparisons; may be given several times")
            ->take_all();
        command->add_option("--cache", call.evaluate.cache,
                            "Folder that keeps templates between runs, unencrypted; off by default");
    };
    with_templates(add("verification", "Listed pairs: columns a, b, same, fold (optional)", "--pairs",
                       cli::evaluate_verification));
    with_templates(add("identities", "All pairs of a list: columns path, identity, groups (optional)",
                       "--list", cli::evaluate_identities));
    CLI::App* quality =
        add("quality", "Quality components of a list and what each is worth: columns path, identity",
            "--list", cli::evaluate_quality);
    quality->remove_option(quality->get_option("--report"));
    with_templates(quality);
    quality->add_option("--fmr", call.evaluate.fmr, "False match rate of the threshold")
        ->capture_default_str();
    CLI::App* clips =
        add("clips", "Several frames against single ones: columns path (pictures or videos), identity, clip",
            "--list", cli::evaluate_clips);
    clips->remove_option(clips->get_option("--report"));
    clips->add_option("--frames", call.evaluate.frames, "Frames of one capture")
        ->check(CLI::Range(2, 20))
        ->capture_default_str();
    add("pad", "Attack detection: columns path, label, species, subject, clip (the last three optional)",
        "--list", cli::evaluate_pad);
}

void add_demo_commands(CLI::App& app, Invocation& call) {
    CLI::App* parent = app.add_subcommand("demo", "Data to look at")->require_subcommand(1);
    CLI::App* seed = parent->add_subcommand(
        "seed", "Fill a tenant with people who do not exist and a history of their logins");
    seed->add_option("--tenant", call.seed.tenant,
                     "Tenant id or name; created when there is none of the name")
        ->capture_default_str();
    seed->add_option("--integration", call.seed.integrations,
                     "Integration id, repeat for several; all of the tenant, or three new ones");
    seed->add_option("--users", call.seed.users, "How many users")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    seed->add_option("--logins", call.seed.logins, "How many logins; three per user, at most 80,000")
        ->check(CLI::Range(1, 10'000'000));
    seed->add_option("--days", call.seed.days, "How far back the history goes")
        ->check(CLI::Range(1, 365))
        ->capture_default_str();
    seed->add_option("--seed", call.seed.seed, "The same number makes the same people")
        ->capture_default_str();
    seed->add_flag("--force-add", call.seed.force_add, "Also into a tenant that has users");
    seed->callback([&call] {
        call.run = [&call] {
            return call.with_core([&](Core& core) { return cli::demo_seed(core, call.seed); });
        };
    });
}

void add_tune_command(CLI::App& app, Invocation& call) {
    CLI::App* tune = app.add_subcommand("tune", "Propose a match threshold from pictures of your own");
    tune->add_option("--list", call.evaluate.list, "CSV file: columns path, identity")->required();
    tune->add_option("--root", call.evaluate.root,
                     "Folder that relative paths of the list start from; default: the list's own");
    tune->add_option("--fmr", call.evaluate.fmr, "Wanted false match rate")->check(CLI::Range(1e-9, 0.5));
    tune->add_option("--out", call.evaluate.out, "Policy file to write, for face.policy of the configuration")
        ->required();
    tune->add_option("--cache", call.evaluate.cache,
                     "Folder that keeps templates between runs, unencrypted; off by default");
    tune->callback([&call] {
        call.run = [&call] {
            return call.with_config(
                [&](const Config& config) { return cli::tune_threshold(config, call.evaluate); });
        };
    });
}

/// The words as typed, for reports.
std::string command_of(int argc, char** argv) {
    std::string command = "countersign";
    for (int i = 1; i < argc; ++i)
        command += fmt::format(" {}", argv[i]);
    return command;
}

}  // namespace

int run_command_line(int argc, char** argv) {
    Invocation call;
    call.evaluate.command = command_of(argc, argv);
    CLI::App app("Countersign: a face as the second factor of a login", "countersign");
    app.add_option("--config", call.config_file, "TOML file; every key is in deploy/config.template.toml");
    app.add_flag("--json", call.as_json, "Answer for programs");
    app.require_subcommand(1);
    app.fallthrough();
    add_server_commands(app, call);
    add_tenant_commands(app, call);
    add_admin_commands(app, call);
    add_integration_commands(app, call);
    add_subject_commands(app, call);
    add_bench_commands(app, call);
    add_evaluate_commands(app, call);
    add_tune_command(app, call);
    add_demo_commands(app, call);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return call.run();
}

}  // namespace countersign::app
