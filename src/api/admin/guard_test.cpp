#include "api/admin/guard.hpp"

#include <gtest/gtest.h>

namespace countersign::api::admin {
namespace {

using domain::Permission;

constexpr auto kOrigin = "https://portal.example:8441";

/// Knows one session and one key, which may read subjects and nothing else.
class OneOfEach final : public domain::AdminAccess {
public:
    Result<domain::AdminActor> by_session(std::string_view token) override {
        if (token != "cookie") return fail(ErrorCode::unauthenticated);
        return actor("adm_1", fresh);
    }
    Result<domain::AdminActor> by_api_key(std::string_view token) override {
        if (token != "ck_1") return fail(ErrorCode::unauthenticated);
        return actor("key_1", true);
    }
    bool fresh{false};

private:
    static domain::AdminActor actor(std::string name, bool recent) {
        domain::AdminActor actor;
        actor.actor = std::move(name);
        actor.permissions = {Permission::users_read};
        actor.recently_authenticated = recent;
        return actor;
    }
};

net::Request from_portal(net::Method method) {
    net::Request request;
    request.method = method;
    request.headers.add("Host", "portal.example:8441");
    request.headers.add("Cookie", "__Host-adm=cookie");
    request.headers.add("Origin", "https://portal.example:8441");
    request.headers.add("X-Countersign-Portal", "1");
    request.headers.add("Sec-Fetch-Site", "same-origin");
    return request;
}

ErrorCode refusal(const net::Request& request, Permission permission = Permission::users_read,
                  Confirmation confirmation = Confirmation::none) {
    OneOfEach access;
    const auto actor = authorise(request, Gate{access, kOrigin}, permission, confirmation);
    EXPECT_FALSE(actor.has_value());
    return actor ? ErrorCode::internal : actor.error().code;
}

TEST(Guard, AdmitsTheSessionOfThePortalsOwnPage) {
    OneOfEach access;
    const auto actor =
        authorise(from_portal(net::Method::post), Gate{access, kOrigin}, Permission::users_read);
    ASSERT_TRUE(actor.has_value());
    EXPECT_EQ(actor->actor, "adm_1");
}

TEST(Guard, RefusesChangesThatAnotherSiteStarted) {
    for (const char* site : {"cross-site", "same-site", "none"}) {
        net::Request request = from_portal(net::Method::delete_);
        request.headers.set("Sec-Fetch-Site", site);
        EXPECT_EQ(refusal(request), ErrorCode::forbidden) << site;
    }
    for (const char* missing : {"Sec-Fetch-Site", "X-Countersign-Portal"}) {
        net::Request request = from_portal(net::Method::put);
        request.headers.remove(missing);
        EXPECT_EQ(refusal(request), ErrorCode::forbidden) << missing;
    }
    net::Request foreign = from_portal(net::Method::post);
    foreign.headers.set("Origin", "https://portal.example.attacker.test");
    EXPECT_EQ(refusal(foreign), ErrorCode::forbidden);
}

/// A foreign name that was made to lead here: Host and Origin agree, and both are wrong.
TEST(Guard, RefusesAPageOfAnotherNameForTheSameServer) {
    for (const char* host : {"attacker.test:8441", "portal.example", "portal.example:8440"}) {
        net::Request request = from_portal(net::Method::post);
        request.headers.set("Host", host);
        request.headers.set("Origin", fmt::format("https://{}", host));
        EXPECT_EQ(refusal(request), ErrorCode::forbidden) << host;
    }
    net::Request plain = from_portal(net::Method::post);
    plain.headers.set("Origin", "http://portal.example:8441");
    EXPECT_EQ(refusal(plain), ErrorCode::forbidden);
}

TEST(Guard, WritesAnOriginAsBrowsersDo) {
    EXPECT_EQ(origin_of("https://Portal.Example:443/"), "https://portal.example");
    EXPECT_EQ(origin_of("http://portal.example:80"), "http://portal.example");
    EXPECT_EQ(origin_of("https://portal.example:80/a/b"), "https://portal.example:80");
    EXPECT_EQ(origin_of("http://127.0.0.1:8441"), "http://127.0.0.1:8441");
    EXPECT_EQ(origin_of("http://[::1]:8441"), "http://[::1]:8441");
}

TEST(Guard, ReadsWithoutProofOfThePage) {
    net::Request request;
    request.headers.add("Cookie", "__Host-adm=cookie");
    OneOfEach access;
    EXPECT_TRUE(authorise(request, Gate{access, kOrigin}, Permission::users_read).has_value());
}

TEST(Guard, TakesTheKeyWhenThereIsOneAndNeverFallsBackToTheCookie) {
    OneOfEach access;
    net::Request request = from_portal(net::Method::post);
    request.headers.add("Authorization", "Bearer ck_1");
    EXPECT_EQ(authorise(request, Gate{access, kOrigin}, Permission::users_read)->actor, "key_1");
    request.headers.set("Authorization", "Bearer ck_2");
    EXPECT_EQ(refusal(request), ErrorCode::unauthenticated);
    request.headers.set("Authorization", "Basic Y2tfMQ==");
    EXPECT_EQ(refusal(request), ErrorCode::unauthenticated);
}

TEST(Guard, RefusesWhatTheActorMayNotDo) {
    EXPECT_EQ(refusal(from_portal(net::Method::get), Permission::users_delete), ErrorCode::forbidden);
    EXPECT_EQ(refusal(net::Request{}), ErrorCode::unauthenticated);
}

TEST(Guard, AsksForARecentConfirmation) {
    EXPECT_EQ(refusal(from_portal(net::Method::post), Permission::users_read, Confirmation::recent),
              ErrorCode::reauthentication_required);
    OneOfEach access;
    access.fresh = true;
    EXPECT_TRUE(authorise(from_portal(net::Method::post), Gate{access, kOrigin}, Permission::users_read,
                          Confirmation::recent)
                    .has_value());
}

}  // namespace
}  // namespace countersign::api::admin
