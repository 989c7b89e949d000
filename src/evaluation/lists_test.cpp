#include "evaluation/lists.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace countersign::evaluation {
namespace {

/// A folder with the files ann/1.jpg, ann/2.jpg, bob/1.jpg and lone.jpg.
class Lists : public ::testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directories(root_ / "ann");
        std::filesystem::create_directories(root_ / "bob");
        for (const char* path : {"ann/1.jpg", "ann/2.jpg", "bob/1.jpg", "lone.jpg"})
            std::ofstream(root_ / path) << "x";
    }
    void TearDown() override { std::filesystem::remove_all(root_); }

    static CsvTable table(std::string_view text) { return parse_csv(text, "list.csv").value(); }

    const std::filesystem::path root_ =
        std::filesystem::temp_directory_path() / fmt::format("countersign-lists-{}", getpid());
};

TEST_F(Lists, OfPairsNamesEachPictureOnce) {
    const auto list =
        pairs_list(table("fold,a,b,same\n1,ann/1.jpg,ann/2.jpg,1\n2,ann/1.jpg,lone.jpg,0\n"), root_);

    ASSERT_TRUE(list);
    ASSERT_EQ(list->pictures.size(), 3U);
    EXPECT_EQ(list->pictures[0].subject, "ann");
    EXPECT_EQ(list->pictures[2].subject, "lone.jpg");
    ASSERT_EQ(list->pairs.size(), 2U);
    EXPECT_TRUE(list->pairs[0].same);
    EXPECT_EQ(list->pairs[1].fold, "2");
    EXPECT_FALSE(list->all_pairs);
}

TEST_F(Lists, OfPairsNeedNoFold) {
    const auto list = pairs_list(table("a,b,same\nann/1.jpg,bob/1.jpg,0\n"), root_);

    ASSERT_TRUE(list);
    EXPECT_EQ(list->pairs[0].fold, "");
}

TEST_F(Lists, OfIdentitiesTakeEveryOtherColumnForAGroup) {
    const auto list = identities_list(
        table("path,light,identity,glasses\nann/1.jpg,dim,Ann,no\nbob/1.jpg,bright,Bob,yes\n"), root_);

    ASSERT_TRUE(list);
    EXPECT_TRUE(list->all_pairs);
    EXPECT_EQ(list->group_columns, (std::vector<std::string>{"light", "glasses"}));
    EXPECT_EQ(list->pictures[1].subject, "Bob");
    EXPECT_EQ(list->pictures[1].groups, (std::vector<std::string>{"bright", "yes"}));
}

TEST_F(Lists, OfPresentationsFillInWhatIsOptional) {
    const auto list = presentations_list(
        table("file,label,species,clip\nann/1.jpg,live,,c1\nbob/1.jpg,spoof,print,\nlone.jpg,spoof,,\n"),
        root_);

    ASSERT_TRUE(list);
    EXPECT_TRUE(list->at(0).live);
    EXPECT_EQ(list->at(0).clip, "c1");
    EXPECT_EQ(list->at(1).species, "print");
    EXPECT_EQ(list->at(1).subject, "bob/1.jpg");
    EXPECT_EQ(list->at(2).species, "unspecified");
}

template <class T>
std::string detail(const Result<T>& result) {
    return result ? "accepted" : result.error().detail;
}

TEST_F(Lists, NameTheLineOfWhatIsWrong) {
    EXPECT_EQ(detail(pairs_list(table("a,b\nann/1.jpg,ann/2.jpg\n"), root_)), "list.csv:1: no column same");
    EXPECT_EQ(detail(pairs_list(table("a,b,same\nann/1.jpg,ann/2.jpg,1\nann/1.jpg,bob/1.jpg,no\n"), root_)),
              "list.csv:3: same is \"no\", not 1 or 0");
    EXPECT_EQ(detail(pairs_list(table("a,b,same\nann/1.jpg,ann/9.jpg,1\n"), root_)),
              "list.csv:2: no file \"ann/9.jpg\" under the root");
    EXPECT_EQ(detail(pairs_list(table("a,b,same\nann/1.jpg,ann/1.jpg,1\n"), root_)),
              "list.csv:2: a picture is paired with itself");
    EXPECT_EQ(detail(identities_list(table("path,identity\nlone.jpg,A\nlone.jpg,B\n"), root_)),
              "list.csv:3: the picture is on line 2 already");
    EXPECT_EQ(detail(identities_list(table("path,identity\nann,A\n"), root_)),
              "list.csv:2: no file \"ann\" under the root");
    EXPECT_EQ(detail(presentations_list(table("label\nlive\n"), root_)), "list.csv:1: no column path");
    EXPECT_EQ(detail(presentations_list(table("path,label\nlone.jpg,real\n"), root_)),
              "list.csv:2: label is \"real\", not live or spoof");
}

}  // namespace
}  // namespace countersign::evaluation
