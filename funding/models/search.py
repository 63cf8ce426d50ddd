"""What the searches read: worked out from establishments and their links by funding.search.build, and from childcare
settings by funding.search.build_settings.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from funding.models.childcare_setting import ChildcareSetting
from funding.models.establishment import Establishment


class SearchName(models.Model):
    """A name that an establishment is found by: its own, or one of those that it followed and that are closed.

    `vector` holds by weight: A the words of the name that tell it from others, B its other words, C its district,
    authority and town, D wider places, numbers and postcodes.
    """

    # Found by search_name_once, which begins with it.
    establishment = models.ForeignKey(
        Establishment, models.CASCADE, related_name="search_names", db_index=False
    )
    name = models.CharField(max_length=160, help_text="As it is, or was, written.")
    former = models.BooleanField(help_text="A name of one that it followed.")
    is_open = models.BooleanField(help_text="The establishment may be picked.")
    cost = models.FloatField(help_text="What the words of the name are worth together.")
    vector = SearchVectorField()
    made_of = models.UUIDField(help_text="Digest of all that the establishment's names were made of.")

    class Meta:
        ordering = ["establishment", "former", "name"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "name", "former"], name="search_name_once")
        ]
        indexes = [GinIndex(fields=["vector"], name="search_name_words")]

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A word of the search names, to compare mistyped ones with."""

    word = models.CharField(max_length=160, primary_key=True)
    rows = models.PositiveIntegerField(help_text="How many names hold it.")
    near = ArrayField(models.TextField(), help_text="See funding.search.spelling.shortened.")

    class Meta:
        ordering = ["word"]
        indexes = [GinIndex(fields=["near"], name="search_word_near")]

    def __str__(self) -> str:
        return self.word


class SearchSetting(models.Model):
    """The words that a childcare setting is found by; `cost` and `vector` are as in SearchName."""

    setting = models.OneToOneField(
        ChildcareSetting, models.CASCADE, primary_key=True, related_name="search_words"
    )
    cost = models.FloatField(help_text="What the words of the name are worth together.")
    vector = SearchVectorField()

    class Meta:
        ordering = ["setting"]
        indexes = [GinIndex(fields=["vector"], name="search_setting_words")]

    def __str__(self) -> str:
        return str(self.setting)


class SettingWord(models.Model):
    """A word that childcare settings are found by, to compare mistyped ones with.

    Apart from SearchWord: a word that is right in a school's name may be mistyped in a nursery's.
    """

    word = models.CharField(max_length=160, primary_key=True)
    rows = models.PositiveIntegerField(help_text="How many settings hold it.")
    near = ArrayField(models.TextField(), help_text="See funding.search.spelling.shortened.")

    class Meta:
        ordering = ["word"]
        indexes = [GinIndex(fields=["near"], name="setting_word_near")]

    def __str__(self) -> str:
        return self.word
